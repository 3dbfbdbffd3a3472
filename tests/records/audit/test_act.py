"""The kernel of acts, one outcome after the other, with tiny acts on the real database as the app role."""

from __future__ import annotations

import copy
import logging
import pickle
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection

from subrosa.ledger.entry import parse
from subrosa.policy import charter
from subrosa.policy.actor import CLOCK, Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Boundary, Outcome, Refused
from subrosa.records import audit
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff
from subrosa.records.standing.models import CodeVersion, Signature
from tests.ground import actor, by_owner, statements
from tests.records.audit.tiny import (
    ASK,
    INNER,
    READ,
    WRITE,
    ask,
    careful,
    entries,
    go_on,
    key,
    kinds,
    lock_many,
    lock_two,
    read,
    write,
)


def test_done_writes_the_row_its_duty_and_one_entry(counselor: Actor, at: datetime) -> None:
    made = write(by=counselor, at=at, kind="owes")
    assert kinds() == ["owed", "owes"]
    opened = Duty.objects.get(kind="owed")
    assert opened.owner_id == counselor.id and opened.about == f"duty.Duty:{made.pk}"
    (entry,) = entries()
    assert (entry.act, entry.outcome, entry.actor_kind, entry.actor_id) == (WRITE, "done", "staff", counselor.id)
    assert entry.about == f"duty.Duty:{made.pk}" and entry.clauses == ["COMP-07"] and entry.at == at


def test_the_bytes_of_an_entry_say_what_its_columns_say(counselor: Actor, at: datetime) -> None:
    write(by=counselor, at=at, then=lambda: audit.sealed(b"\x07" * 32))
    (row,) = entries()
    entry = parse(bytes(row.bytes))
    assert (entry.id, entry.school, entry.at) == (row.pk, row.school_id, row.at)
    assert (entry.act, entry.outcome, entry.actor_kind, entry.actor) == (row.act, row.outcome, "staff", row.actor_id)
    assert (entry.about, entry.client, entry.case) == (row.about, row.client_id, row.case_id)
    assert (list(entry.clauses), list(entry.missing), entry.within) == (row.clauses, row.missing, row.within)
    assert entry.digest == bytes(row.digest) == b"\x07" * 32


def test_the_digest_of_an_inner_act_stays_with_it(counselor: Actor, at: datetime) -> None:
    def inside() -> None:
        audit.sealed(b"outer")
        write(by=counselor, at=at, kind="inner", then=lambda: audit.sealed(b"inner"))

    write(by=counselor, at=at, kind="outer", then=inside)
    about = {row.pk: row.kind for row in Duty.objects.all()}
    digests = {about[uuid.UUID(entry.about.split(":")[1])]: bytes(entry.digest) for entry in entries()}
    assert digests == {"outer": b"outer", "inner": b"inner"}


def test_going_on_leaves_no_second_entry_but_its_row_and_what_is_inside(counselor: Actor, at: datetime) -> None:
    made = go_on(by=counselor, at=at, then=lambda: write(by=counselor, at=at, kind="inner"))
    assert kinds() == ["gone on", "inner"]
    (entry,) = entries()
    assert entry.about != f"duty.Duty:{made.pk}", "the entry is the inner act's"
    write(by=counselor, at=at, kind="outer", then=lambda: go_on(by=counselor, at=at))
    assert len(entries()) == 2, "and an act around it keeps its own"


def test_refused_rolls_back_and_its_entry_survives_with_the_name(counselor: Actor, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        careful(by=counselor, at=at, holds=False)
    ruling = refused.value.ruling
    assert (ruling.act, ruling.outcome, ruling.clauses) == (INNER, Outcome.REFUSED, ("REC-02",))
    assert kinds() == []
    (entry,) = entries()
    assert (entry.outcome, entry.actor_id, entry.clauses) == ("refused", counselor.id, ["REC-02"])


def test_whoever_has_not_the_role_is_refused_under_the_rows_own_clause(school: Any, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        write(by=CLOCK, at=at)
    assert refused.value.ruling.reasons[0].rule == "this_is_not_for_you"
    (entry,) = entries()
    assert (entry.actor_kind, entry.actor_id, entry.clauses) == ("clock", None, ["COMP-07"])


@pytest.mark.parametrize("state", ["invited", "left"])
def test_a_colleague_who_is_not_active_has_no_role(staff: Any, at: datetime, state: str) -> None:
    with pytest.raises(Refused):
        write(by=actor(staff(Role.COUNSELOR, state=state)), at=at)


def test_not_yet_keeps_the_draft_and_counts_without_a_name(counselor: Actor, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        ask(by=counselor, at=at, holds=False)
    assert refused.value.ruling.outcome is Outcome.NOT_YET and refused.value.ruling.missing == ("a_part",)
    assert kinds() == ["draft"]
    (entry,) = entries()
    assert (entry.act, entry.outcome, entry.clauses, entry.missing) == (ASK, "not_yet", ["REC-02"], ["a_part"])
    assert (entry.actor_kind, entry.actor_id, entry.about, entry.client_id, entry.case_id) == ("", None, "", None, None)
    assert counselor.id.bytes not in bytes(entry.bytes)


def test_a_crash_inside_leaves_nothing_and_the_next_act_works(counselor: Actor, at: datetime) -> None:
    def crash() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(by=counselor, at=at, then=crash)
    assert kinds() == [] and entries() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('subrosa.act', true)")
        assert not cursor.fetchone()[0]
    write(by=counselor, at=at)
    assert kinds() == ["tiny"] and len(entries()) == 1


def test_a_database_error_without_a_known_constraint_is_a_crash(counselor: Actor, at: datetime) -> None:
    with pytest.raises(DataError):
        write(by=counselor, at=at, kind="x" * 41)
    assert entries() == []
    write(by=counselor, at=at)


def test_an_act_inside_another_joins_it_with_an_entry_of_its_own(counselor: Actor, at: datetime) -> None:
    write(by=counselor, at=at, then=lambda: careful(by=counselor, at=at))
    assert kinds() == ["careful", "tiny"]
    assert {entry.act for entry in entries()} == {WRITE, INNER}


def test_a_nested_refusal_undoes_all_and_is_recorded_once_naming_both(counselor: Actor, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        write(by=counselor, at=at, then=lambda: careful(by=counselor, at=at, holds=False))
    assert (refused.value.ruling.act, refused.value.ruling.within) == (INNER, WRITE)
    assert kinds() == []
    (entry,) = entries()
    assert (entry.act, entry.within, entry.outcome, entry.actor_id) == (INNER, WRITE, "refused", counselor.id)


def test_a_body_that_swallows_a_refusal_inside_undoes_all_the_same(counselor: Actor, at: datetime) -> None:
    def swallow() -> None:
        with pytest.raises(Refused):
            careful(by=counselor, at=at, holds=False)

    with pytest.raises(Refused):
        write(by=counselor, at=at, then=swallow)
    assert kinds() == [] and [entry.act for entry in entries()] == [INNER]


def test_a_boundary_inside_an_inner_act_names_the_inner_act(counselor: Actor, at: datetime) -> None:
    def forged() -> None:
        raise Boundary("CONF-02", "a_grant_is_signed")

    with pytest.raises(Refused) as refused:
        write(by=counselor, at=at, then=lambda: _inner_write(counselor, at, forged))
    assert (refused.value.ruling.act, refused.value.ruling.within) == (INNER, WRITE)


@audit.act(INNER)
def _inner(*, by: Actor, at: datetime, then: Any) -> None:
    then()


def _inner_write(by: Actor, at: datetime, then: Any) -> None:
    row = charter.CHARTER[WRITE]
    rows = {**charter.CHARTER, INNER: row}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charter, "CHARTER", rows)
        _inner(by=by, at=at, then=then)


def test_another_actor_inside_has_the_roles_of_that_actor(counselor: Actor, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        write(by=counselor, at=at, then=lambda: careful(by=CLOCK, at=at))
    assert refused.value.ruling.reasons[0].rule == "this_is_not_for_you"


def test_a_clause_that_raises_refuses_and_is_reported(
    counselor: Actor, at: datetime, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("subrosa"), "propagate", True)
    with pytest.raises(Refused) as refused:
        careful(by=counselor, at=at, holds=ZeroDivisionError("inside"))
    assert refused.value.ruling.outcome is Outcome.REFUSED and refused.value.ruling.missing == ("defect",)
    assert "defect: clause REC-02" in caplog.text
    assert [entry.outcome for entry in entries()] == ["refused"] and kinds() == []


def test_a_silent_charter_refuses(counselor: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charter, "CHARTER", {})
    with pytest.raises(Refused) as refused:
        write(by=counselor, at=at)
    assert refused.value.ruling.reasons[0].rule == "the_charter_is_silent"
    assert [entry.outcome for entry in entries()] == ["refused"] and kinds() == []


def test_a_boundary_becomes_a_ruling(counselor: Actor, at: datetime) -> None:
    def forged() -> None:
        raise Boundary("CONF-02", "a_grant_is_signed")

    with pytest.raises(Refused) as refused:
        write(by=counselor, at=at, then=forged)
    reason = refused.value.ruling.reasons[0]
    assert (reason.clause, reason.rule, refused.value.ruling.outcome) == ("CONF-02", "a_grant_is_signed", "refused")
    (entry,) = entries()
    assert (entry.outcome, entry.clauses, entry.actor_id) == ("refused", ["CONF-02"], counselor.id) and kinds() == []


def test_a_constraint_with_a_name_in_the_code_becomes_a_ruling(counselor: Actor, at: datetime) -> None:
    version = by_owner(CodeVersion(number=1, clauses=[], change_zh="", change_en="", published_at=at, sign_until=at))

    def twice() -> None:
        for _ in range(2):
            Signature.objects.create(staff_id=counselor.id, version=version, signed_at=at)

    with pytest.raises(Refused) as refused:
        write(by=counselor, at=at, then=twice)
    assert refused.value.ruling.reasons[0].rule == "a_version_is_signed_once" and kinds() == []
    assert [(entry.act, entry.outcome, entry.clauses) for entry in entries()] == [(WRITE, "refused", ["ETH-01"])]


def test_a_constraint_nobody_named_is_a_crash(counselor: Actor, at: datetime) -> None:
    with pytest.raises(IntegrityError):
        write(by=counselor, at=at, then=lambda: Signature.objects.create(staff_id=counselor.id, version=None))
    assert kinds() == [] and entries() == []


def test_arguments_are_keywords(counselor: Actor, at: datetime) -> None:
    with pytest.raises(TypeError, match="keywords only"):
        write(counselor, at=at)  # type: ignore[misc]


def test_what_an_act_is_about_is_fresh_after_the_lock(counselor: Actor, at: datetime) -> None:
    stale = Staff.objects.get(pk=counselor.id)
    Staff.objects.using("owner").filter(pk=counselor.id).update(room="204")
    seen: list[str] = []
    lock_two(by=counselor, at=at, first=stale, then=lambda row: seen.append(row.room))
    assert seen == ["204"] and stale.room == ""


def test_of_a_kind_the_rows_are_locked_by_ascending_id(staff: Any, counselor: Actor, at: datetime) -> None:
    rows = sorted((staff() for _ in range(3)), key=lambda row: row.pk, reverse=True)
    assert lock_many(by=counselor, at=at, rows=rows) == sorted(row.pk for row in rows)


def test_a_reading_act_locks_nothing_and_leaves_an_entry(counselor: Actor, at: datetime) -> None:
    row = Staff.objects.get(pk=counselor.id)
    with statements() as said:
        assert read(by=counselor, at=at, row=row) == "active"
    assert not [one for one in said if " FOR " in one.upper()]
    (entry,) = entries()
    assert (entry.act, entry.outcome, entry.about) == (READ, "done", f"person.Staff:{row.pk}")
    assert entry.clauses == ["CONF-02", "CONF-04"]


def test_an_act_of_one_row_costs_at_most_twelve_statements(counselor: Actor, at: datetime) -> None:
    row = Staff.objects.get(pk=counselor.id)
    with statements() as said:
        write(by=counselor, at=at, once=key())
    assert said[0] == "BEGIN" and said[-1] == "COMMIT" and len(said) <= 12, said
    with statements() as said:
        lock_two(by=counselor, at=at, first=row, then=lambda fresh: fresh.save(update_fields=["room"]))
    assert len(said) <= 12, said


def test_an_actor_is_never_printed_and_never_pickled() -> None:
    one = Actor(Kind.STAFF, uuid.uuid4(), opener=b"key")
    assert repr(one) == str(one) == f"{one}" == "…" and repr([one]) == "[…]"
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(one, protocol)
    with pytest.raises(TypeError):
        copy.deepcopy(one)
    with pytest.raises(AttributeError):
        one.id = uuid.uuid4()  # type: ignore[misc]


def test_at_is_when_the_person_pressed(counselor: Actor, at: datetime) -> None:
    pressed = at - timedelta(days=1)
    write(by=counselor, at=pressed)
    assert entries()[0].at == pressed


def test_every_verb_is_marked() -> None:
    assert write.act is Act.PAUSE_CLIENTS  # type: ignore[attr-defined]
