"""A departed colleague loses no file: two of three sheets give one case to the one who was named, and open no other."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from subrosa.policy.actor import CLOCK
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.case import recovering
from subrosa.records.case.models import Case, Recovery
from subrosa.records.case.widening import ToCome, to_come
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.notice.queries import unseen
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keyring, Package
from subrosa.records.vault.opener import opener_of
from tests.records.center import Center, Visit, locked, noted, own, refused
from tests.records.thief import grant_of, tampered

SHOWN = timedelta(days=2)  # the client's page has named the holder for a whole school day


@pytest.fixture
def lost(visit: Visit) -> Visit:
    """A recorded case whose counselor left."""
    visit.recorded()
    return visit


def named(visit: Visit, who: str = "fang", ground: str = "counselor_gone") -> Recovery:
    center = visit.center
    made: Recovery = recovering.name_holder(
        by=center.lead, at=center.later, case=visit.case, holder=center.row(who), ground=ground
    )
    return made


def given(visit: Visit, recovery: Recovery, *sheets: str) -> dict[str, Any]:
    return {"by": visit.center.fang, "at": visit.center.later + SHOWN, "recovery": recovery, "sheets": sheets}


@pytest.mark.clause("CONF-07", "passes")
@pytest.mark.parametrize("pair", list(combinations(range(3), 2)))
def test_any_two_sheets_give_the_case_to_the_named_holder(lost: Visit, pair: tuple[int, int]) -> None:
    center, recovery = lost.center, named(lost)
    assert Duty.objects.filter(kind="recover", owner_id=center.fang.id, settled_at=None).count() >= 1
    recovering.recover_case(**given(lost, recovery, *(center.sheets[n] for n in pair)))
    (page,) = notes.read_file(by=center.fang, at=center.later, case=lost.case)
    assert page.text.words["course"] and lost.case.counselor_id == center.fang.id
    assert Recovery.objects.get(pk=recovery.pk).done_at is not None
    assert not Duty.objects.filter(kind="recover", about=f"case.Recovery:{recovery.pk}", settled_at=None).exists()
    assert grant_of(lost.case_id, center.fang).scope == rings.Scope.ROOT


def test_a_legal_demand_adds_a_reader_and_takes_the_case_from_nobody(lost: Visit) -> None:
    recovery = named(lost, ground="legal_demand")
    recovering.recover_case(**given(lost, recovery, *lost.center.sheets[:2]))
    assert lost.case.counselor_id == lost.center.lin.id
    for who in (lost.center.lin, lost.center.fang):
        assert notes.read_file(by=who, at=lost.center.later, case=lost.case)


@pytest.mark.clause("CONF-07", "refuses")
def test_no_other_case_opens(lost: Visit) -> None:
    other = lost.center.visit("王一")
    other.book(days=3, reason="睡不着")
    other.hold()
    other.sign()
    other.record()
    recovering.recover_case(**given(lost, named(lost), *lost.center.sheets[:2]))
    asked = {"by": lost.center.fang, "at": lost.center.later, "case": other.case}
    assert refused(notes.read_file, **asked).clauses == ("CONF-02",)
    with pytest.raises(Boundary):
        rings.open_ring("case", other.case_id, opener_of(lost.center.fang)).key(rings.Scope.FILE)


WRONG = {
    "one sheet": (lambda s, _: (s[0],), ("second_sheet",)),
    "the same twice": (lambda s, _: (s[0], s[0].lower()), ("second_sheet",)),
    "a typing error": (lambda s, _: (s[0], s[1].replace(s[1][3], "Z" if s[1][3] != "Z" else "Y")), ("sheet_2",)),
    "of another house": (lambda s, o: (o[0], s[1]), ("sheet_1",)),
    "nothing": (lambda *_: ("", ""), ("sheet_1", "sheet_2")),
    "words": (lambda s, _: (s[0], "我的密码"), ("sheet_2",)),
    "a megabyte": (lambda s, _: (s[0], "A" * 1_000_000), ("sheet_2",)),
}


@pytest.fixture(scope="module")
def elsewhere(database: None) -> list[str]:
    """The sheets of another center."""
    with own() as other:
        return other.sheets


@pytest.mark.clause("CONF-07", "not_yet")
@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_a_sheet_that_opens_nothing_is_named(lost: Visit, elsewhere: list[str], case: Any) -> None:
    make, missing = case
    recovery = named(lost)
    ruling = refused(recovering.recover_case, **given(lost, recovery, *make(lost.center.sheets, elsewhere)))
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("CONF-07",), missing)
    assert not Grant.objects.filter(keyring__of=lost.case_id, holder=lost.center.fang.opener.keypair, share=0).exists()


@pytest.mark.clause("CONF-07", "refuses")
def test_only_who_was_named_and_only_once(lost: Visit) -> None:
    center, recovery = lost.center, named(lost)
    two = center.sheets[:2]
    for who in (center.zhou, center.lin):
        assert refused(recovering.recover_case, **{**given(lost, recovery, *two), "by": who}).clauses == ("CONF-07",)
    assert refused(recovering.recover_case, **{**given(lost, recovery, *two), "by": center.lead}).clauses == (
        "CONF-07",
    )
    shut = refused(recovering.recover_case, **{**given(lost, recovery, *two), "by": locked(center.fang)})
    assert shut.clauses == ("CONF-04",), "the new holder's session must be unlocked"
    recovering.recover_case(**given(lost, recovery, *two))
    assert refused(recovering.recover_case, **given(lost, recovery, *two)).outcome is Outcome.REFUSED


@pytest.mark.clause("CONF-07", "not_yet")
def test_naming_asks_for_a_counselor_and_a_ground(lost: Visit) -> None:
    center = lost.center
    asked = {"by": center.lead, "at": center.later, "case": lost.case}
    bad = [
        ("qian", "counselor_gone", ("new_holder",)),
        ("fang", "curious", ("ground",)),
        ("sun", "", ("new_holder", "ground")),
    ]
    for who, ground, missing in bad:
        ruling = refused(recovering.name_holder, **asked, holder=center.row(who), ground=ground)
        assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, missing)
    named(lost)
    again = refused(recovering.name_holder, **asked, holder=center.row("zhou"), ground="counselor_gone")
    assert again.outcome is Outcome.REFUSED


@pytest.mark.clause("CONF-07", "refuses")
@pytest.mark.parametrize("who", ["lin", "zhou", "rui", "qian", "sun"])
def test_nobody_but_the_lead_names(lost: Visit, who: str) -> None:
    center = lost.center
    asked = {"by": getattr(center, who), "at": center.later, "case": lost.case, "holder": center.row("fang")}
    assert refused(recovering.name_holder, **asked, ground="counselor_gone").clauses == ("CONF-07",)


@pytest.mark.clause("CON-09", "not_yet")
@pytest.mark.clause("CON-09", "passes")
def test_the_clients_page_names_the_successor_before_the_key_goes(lost: Visit) -> None:
    center, recovery = lost.center, named(lost)
    monday = calendar().local(center.later)
    assert to_come([lost.case]) == [ToCome(center.fang.id, "counselor_gone", starts=monday + timedelta(days=2))]
    assert "joining" in {one.kind for one in unseen(lost.client.pk)}
    (owed,) = Duty.objects.filter(about=f"case.Recovery:{recovery.pk}")
    assert owed.due > center.later + SHOWN, "not owed before it can be done"
    early = {**given(lost, recovery, *center.sheets[:2]), "at": center.later + timedelta(days=1, hours=13)}
    ruling = refused(recovering.recover_case, **early)
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("CON-09",), ("widening_waited",))
    assert refused(recovering.recover_case, at_once="hurry", **early).missing == ("at_once_ground",)
    assert not Grant.objects.filter(keyring__of=lost.case_id, holder=center.fang.opener.keypair, share=0).exists()
    recovering.recover_case(**{**early, "at": center.later + timedelta(days=1, hours=14)})
    assert to_come([lost.case]) == [], "who holds it stands among those who can open it"


@pytest.mark.clause("CON-09", "passes")
@pytest.mark.parametrize("ground", ["told", "danger"])
def test_nobody_is_left_alone_in_danger(lost: Visit, ground: str) -> None:
    center, recovery = lost.center, named(lost)
    now = {**given(lost, recovery, *center.sheets[:2]), "at": center.later}
    recovering.recover_case(at_once=ground, **now)
    assert grant_of(lost.case_id, center.fang).scope == rings.Scope.ROOT
    (said,) = to_come([lost.case])
    assert (said.staff, said.at_once, said.since) == (center.fang.id, ground, calendar().local(center.later))


@pytest.mark.clause("CON-09", "passes")
@pytest.mark.clause("CON-09", "refuses")
def test_a_naming_is_taken_back(lost: Visit) -> None:
    center, recovery = lost.center, named(lost)
    given_back = {"by": center.lead, "at": center.later, "case": lost.case}
    for who in (center.fang, center.lin, center.qian):
        assert refused(recovering.drop_holder, **{**given_back, "by": who}).clauses == ("CON-09",)
    recovering.drop_holder(**given_back)
    assert to_come([lost.case]) == [] and "joining" not in {one.kind for one in unseen(lost.client.pk)}
    assert not Duty.objects.filter(about=f"case.Recovery:{recovery.pk}", settled_at=None).exists()
    two = center.sheets[:2]
    assert refused(recovering.recover_case, at_once="danger", **given(lost, recovery, *two)).clauses == ("CONF-07",)
    assert refused(recovering.drop_holder, **given_back).outcome is Outcome.REFUSED
    assert to_come([lost.case]) == [] and named(lost, "zhou").holder_id == center.zhou.id


@pytest.mark.clause("CONF-07", "refuses")
def test_a_package_or_share_that_was_altered_gives_nothing(lost: Visit) -> None:
    recovery, two = named(lost), lost.center.sheets[:2]
    package = Package.objects.get(keyring__of=lost.case_id)
    altered = bytes(package.hashes[:-1]) + bytes([package.hashes[-1] ^ 1])
    for fields in ({"hashes": altered}, {"signature": b"\x01" + bytes(64)}, {"k": 1}):
        with tampered(package, **fields):
            assert refused(recovering.recover_case, **given(lost, recovery, *two)).clauses == ("CONF-07",)
    other = lost.center.visit("王一")
    other.book(days=3)
    theirs = Grant.objects.get(keyring__of=other.case_id, share=1)
    mine = Grant.objects.get(keyring__of=lost.case_id, share=1)
    with tampered(mine, wrapped=bytes(theirs.wrapped)):
        assert refused(recovering.recover_case, **given(lost, recovery, *two)).missing == ("sheet_1",)
    recovering.recover_case(**given(lost, recovery, *two))


@pytest.mark.clause("CONF-07", "passes")
def test_the_drill_touches_no_case(center: Center) -> None:
    visit = center.visit()
    visit.recorded()
    before = set(Grant.objects.values_list("pk", flat=True))
    recovering.drill(by=CLOCK, at=center.later, sheets=center.sheets[1:])
    assert set(Grant.objects.values_list("pk", flat=True)) == before
    ring = Keyring.objects.filter(kind="drill").latest("made_at")
    assert ring.destroyed_at is not None and not Package.objects.filter(keyring=ring).exists()
    assert noted("drill", "done")
    for sheets in ((center.sheets[0],), (center.sheets[0], "x"), ()):
        assert refused(recovering.drill, by=CLOCK, at=center.later, sheets=sheets).clauses == ("CONF-07",)


def test_cases_are_listed_without_names(lost: Visit) -> None:
    assert lost.case_id in {one.pk for one in recovering.cases_in_care()}
    assert all(isinstance(one, Case) for one in recovering.cases_in_care())
