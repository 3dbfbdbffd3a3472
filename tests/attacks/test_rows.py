"""Somebody who writes rows, with whatever keys he has by right: what opens again, and what the ledger's check names.

Here stands what the drawers' own tests do not try: a colleague who seals other words over what was signed, an older text or
an older grant put back, and every sealed value of a whole case against every place of the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from subrosa.crypto.bound import Bound, Scope
from subrosa.crypto.envelope import open_sealed
from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.keys import derive, key_id
from subrosa.records.appointment import brief
from subrosa.records.appointment import sitting as sittings
from subrosa.records.audit import checking, sequence, sockets
from subrosa.records.audit.models import Entry
from subrosa.records.case import plan
from subrosa.records.case.farewell import LetterText, write_letter
from subrosa.records.consent import guardian, understanding
from subrosa.records.consent.models import GuardianTalk, SecondWord, Understanding
from subrosa.records.note import actions as notes
from subrosa.records.outreach import actions as outreach
from subrosa.records.school.context import current_school
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keypair
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.server import server_key
from subrosa.records.vault.texts import close_text, open_text
from tests.desks.hand import Hand
from tests.ground import as_clock, by_owner
from tests.records.case.test_plan import words
from tests.records.center import FULL, Center, Visit, refused
from tests.records.note.test_danger import act as danger_said
from tests.records.thief import grant_of, ring_of, set_rows, tampered

Rows = dict[str, Any]
INTRODUCTION = Keypair._meta.get_field("introduction").number  # type: ignore[union-attr]  # a DeskField


def named_by_the_check() -> set[str]:
    """The rows that `subrosa ledger verify --rows` names in this school."""
    with as_clock():
        while sequence.sequence():
            pass
        return {one.more for one in checking.check(rows=True).findings if one.what == "row"}


def key_of(visit: Visit, scope: Scope) -> Any:
    return rings.open_ring("case", visit.case_id, opener_of(visit.center.lin)).key(scope)


@pytest.fixture
def signed(visit: Visit) -> Rows:
    """One row of every kind that stays, or stands, as its last entry says; by the name of its model."""
    center = visit.center
    note = visit.recorded()
    given: dict[str, Any] = {"by": center.lin, "at": center.at, "case": visit.case}
    sat = sittings.sit_down(by=center.lin, at=center.at)
    text = brief.BriefText("peers", "calmer", "哭了一会儿。", danger=danger_said())
    guardian.note_talk(came="alone", **given)
    guardian.note_second_word(why="danger", **given)
    earlier = {**given, "at": center.at - timedelta(minutes=1)}  # two entries at one moment have no order
    write_letter(text=LetterText("你来过，这件事没有人会问起。"), **earlier)
    return {
        "note.Note": note,
        "appointment.Sitting": brief.sign(by=center.lin, at=center.at, sitting=sat, text=text),
        "case.Plan": plan.propose(text=words(), **given),
        "case.Letter": write_letter(text=LetterText("门一直开着。"), **given),
        "consent.Understanding": Understanding.objects.get(case=visit.case),
        "consent.GuardianTalk": GuardianTalk.objects.get(case=visit.case),
        "consent.SecondWord": SecondWord.objects.get(case=visit.case),
    }


TRIED_THERE = {"attachment.Attachment"}  # tests/records/attachment


def test_what_the_check_compares_is_whole_before_anybody_touches_it(signed: Rows) -> None:
    """The control: none of the rows is named. And every kind of row whose digest an entry holds is compared, or said why not."""
    assert set(signed) == set(sockets.finished) - TRIED_THERE
    names = {f"{label}:{row.pk}" for label, row in signed.items()}
    assert not named_by_the_check() & names
    held = {one.partition(":")[0] for one in Entry.objects.exclude(digest=b"").values_list("about", flat=True)}
    rewritten = {"appointment.Booking"}  # the client's own words, in two fields of one row: SECURITY.md says it
    assert held - set(sockets.finished) <= rewritten | {"archive.Volume"}  # a volume carries a signature of its own


@pytest.mark.parametrize("label", sorted(set(sockets.finished) - TRIED_THERE))
def test_other_words_sealed_over_what_was_signed_are_named(signed: Rows, visit: Visit, label: str) -> None:
    """The counselor has the key, and somebody who writes rows helps: the new words open like real ones. The log names the row."""
    row, field = signed[label], sockets.finished[label]
    scope = Scope.SHARED if label in ("case.Plan", "case.Letter", "consent.Understanding") else Scope.FILE
    kind, of = ("brief", row.pk) if label == "appointment.Sitting" else ("case", visit.case_id)
    key = rings.open_ring(kind, of, opener_of(visit.center.lin)).key(scope)
    old = bytes(getattr(row, field))
    assert open_text(row, field, key), "the control: it is this key that opens it"
    forged = close_text(row, field, "从来没有说过的话", key)
    with tampered(row, **{field: forged}):
        fresh = type(row).objects.get(pk=row.pk)
        assert open_text(fresh, field, key) == "从来没有说过的话", (
            "the crypto alone does not know: who holds the key seals"
        )
        assert f"{label}:{row.pk}" in named_by_the_check()
    setattr(row, field, old)
    assert f"{label}:{row.pk}" not in named_by_the_check()


def test_an_older_letter_and_an_older_talk_put_back_are_named(signed: Rows, visit: Visit) -> None:
    """No key is needed: yesterday's ciphertext of the same row, from a copy of yesterday. It opens; the log names it."""
    center, letter, talked = visit.center, signed["case.Letter"], signed["consent.Understanding"]
    before = {"case.Letter": bytes(letter.text), "consent.Understanding": bytes(talked.points)}
    given: dict[str, Any] = {"by": center.lin, "at": center.later, "case": visit.case}
    write_letter(text=LetterText("门一直开着，随时。"), **given)
    understanding.talk_over(said={"vanish": "again"}, **given)
    assert not named_by_the_check() & {f"{label}:{signed[label].pk}" for label in before}
    set_rows(letter, text=before["case.Letter"])
    set_rows(talked, points=before["consent.Understanding"])
    letter.refresh_from_db()
    assert "随时" not in open_text(letter, "text", key_of(visit, Scope.SHARED)), "the control: the older words are back"
    assert named_by_the_check() >= {f"{label}:{signed[label].pk}" for label in before}


def sealed_values() -> Iterator[tuple[str, str, Any, bytes]]:
    """Every sealed value of this school: table, column, row and value."""
    with connections["owner"].cursor() as cursor:
        for model in apps.get_models():
            for field in model._meta.local_concrete_fields:
                if hasattr(field, "number"):
                    table = model._meta.db_table
                    cursor.execute(
                        f'SELECT id, "{field.column}" FROM "{table}" WHERE "{field.column}" IS NOT NULL'
                        " AND school_id = %s",
                        [current_school()],
                    )
                    yield from ((table, field.number, row, bytes(value)) for row, value in cursor.fetchall())


def everybodys_keys(center: Center, visits: list[Visit]) -> dict[bytes, tuple[Any, Scope]]:
    """Every text key that the people of two cases hold between them, and the server's."""
    found = {key_id(one): (one, Scope.PERSONAL) for one in (derive(server_key(), "personal"),)}
    desk = rings.desk_key(opener_of(center.lin))
    found[key_id(desk.secret)] = (desk.secret, desk.scope)
    for visit in visits:
        ring = rings.open_ring("case", visit.case_id, opener_of(center.lin))
        for scope in (Scope.FILE, Scope.SHARED, Scope.CRISIS):
            found[key_id(ring.key(scope).secret)] = (ring.key(scope).secret, scope)
    return found


@pytest.mark.clause("CONF-04", "refuses")
def test_every_sealed_value_opens_in_its_own_place_only(own_center: Center) -> None:
    """With every key of two cases, the desk's and the server's: each value is tried in every field of every row."""
    visits = [own_center.visit("李小雨"), own_center.visit("王一")]
    for n, visit in enumerate(visits):
        visit.book(days=1 + n, reason="睡不着")
        visit.hold()
        visit.sign()
        visit.record()
        write_letter(by=own_center.lin, at=own_center.at, case=visit.case, text=LetterText("门一直开着。"))
    values, keys = list(sealed_values()), everybodys_keys(own_center, visits)
    ids = {row for _, _, row, _ in values} | set(Keypair.objects.values_list("of", flat=True))
    numbers = {number for _, number, _, _ in values}
    opened = 0
    for table, number, row, value in values:
        key, scope = keys.get(value[1:9], (None, None))
        if key is None:
            continue  # wrapped keys, private halves: tests/records/vault
        places = [
            (one, at) for one in numbers for at in ids if fits(key, value, Bound(current_school(), one, at, scope))
        ]
        mine = Keypair.objects.get(pk=row).of if number == INTRODUCTION else row  # of a client, whatever pair it has
        assert places == [(number, mine)], f"{table}: a value opens at {len(places)} places"
        other = Bound(current_school() + 1, number, mine, scope)
        assert not fits(key, value, other), f"{table}: a value opens in another school"
        opened += 1
    assert opened >= 15, "the control: the values do open, each in its place"


def fits(key: Any, value: bytes, bound: Bound) -> bool:
    """Whether a value opens there."""
    try:
        open_sealed(key, value, bound)
    except (CannotOpen, ValueError):
        return False
    return True


def put_back(grant: Grant) -> Grant:
    made: Grant = by_owner(grant)
    return made


@pytest.mark.clause("CONF-02", "refuses")
def test_an_old_grant_put_back_opens_no_page(booked: Visit) -> None:
    """The duty team's grant ends with the first meeting. Put back from a copy of that morning, its signature is real.

    The key opens with it, as it did that morning, for whoever keeps a copy of the rows; the program opens nothing.
    """
    center, ring = booked.center, ring_of(booked.case_id)
    (old,) = Grant.objects.filter(keyring=ring, holder__kind="duty")
    before = booked.booking
    assert outreach.read_request(by=center.fang, at=center.at, booking=before), (
        "the control: that morning it was hers to read"
    )
    booked.hold()
    assert not Grant.objects.filter(keyring=ring, holder__kind="duty").exists()
    put_back(old)
    assert rings.open_ring("case", booked.case_id, opener_of(center.fang)).key(Scope.SHARED)
    given = {"by": center.fang, "at": center.later}
    assert refused(outreach.read_request, booking=booked.booking, **given).clauses
    assert refused(notes.read_reasons, case=booked.case, **given).clauses == ("CONF-02",)
    assert refused(notes.read_file, case=booked.case, **given).clauses == ("CONF-02",)


def test_a_grant_put_back_after_the_archive_opens_no_page(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counselor's grant ends in the archive; put back, it fits the old lock, and the page of the file stays bound."""
    visit.recorded()
    old = grant_of(visit.case_id, visit.center.lin)
    visit.archived()
    assert refused(notes.read_file, by=visit.center.lin, at=visit.center.later, case=visit.case)
    put_back(old)
    lin = Hand(monkeypatch, visit.center.lin, visit.center.later)
    assert rings.open_ring("case", visit.case_id, opener_of(visit.center.lin)).key(Scope.FILE), "the control"
    page = lin.text(f"/cases/{visit.case_id}/")
    assert FULL.words["problem"] not in page and f'action="/cases/{visit.case_id}' not in page
