"""A sealed text opens in its own place only, on real rows: moved, altered or set back it is a boundary, and nothing shows."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.ruling import Boundary, Refused, Ruling
from subrosa.records.case import actions as cases
from subrosa.records.case.models import Goal
from subrosa.records.note import actions as notes
from subrosa.records.note.models import Note
from subrosa.records.note.parts import NoteText
from subrosa.records.person import clients
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.texts import close_text, open_text
from tests.records.center import FULL, Visit, noted, own, refused
from tests.records.thief import flipped, ring_of, set_rows, tampered

ALTERED = ("CONF-04",)
WORDS = "高二,住校"


def read(visit: Visit) -> Ruling:
    """The refusal of reading a file, which is an entry with name and shows nothing of the text."""
    before = len(noted("read_notes"))
    ruling = refused(notes.read_file, by=visit.center.lin, at=visit.center.later, case=visit.case)
    entries = noted("read_notes")
    assert len(entries) == before + 1
    assert entries[-1].actor_id == visit.center.lin.id and entries[-1].case_id == visit.case_id
    assert WORDS not in repr(ruling)
    return ruling


def open_with(visit: Visit, row: Any, field: str, scope: rings.Scope, revision: int = 1) -> str:
    key = rings.open_ring("case", visit.case_id, opener_of(visit.center.lin)).key(scope)
    return open_text(row, field, key, revision=revision)


def test_an_untouched_record_opens(visit: Visit) -> None:
    visit.recorded()
    pages = notes.read_file(by=visit.center.lin, at=visit.center.later, case=visit.case)
    assert [page.text.as_text() for page in pages] == [FULL.as_text()]


@pytest.mark.clause("CONF-04", "refuses")
def test_moved_to_another_row(visit: Visit) -> None:
    first = visit.recorded()
    later = notes.add(by=visit.center.lin, at=visit.center.later, note=first, text=NoteText({"other": "补充"}))
    with tampered(later, body=bytes(first.body)):
        assert read(visit).clauses == ALTERED
    assert len(notes.read_file(by=visit.center.lin, at=visit.center.later, case=visit.case)) == 2


@pytest.mark.clause("CONF-04", "refuses")
def test_moved_to_another_case(visit: Visit) -> None:
    mine = visit.recorded()
    other = visit.center.visit("王一")
    other.book(days=2)
    other.hold()
    other.sign()
    theirs = other.record()
    with tampered(mine, body=bytes(theirs.body)):
        assert read(visit).clauses == ALTERED


@pytest.mark.clause("CONF-04", "refuses")
def test_moved_to_another_field(visit: Visit) -> None:
    visit.recorded()
    goal = cases.agree_goal(by=visit.center.lin, at=visit.center.at, case=visit.case, text="睡到六点")
    goal.rating = goal.text
    with pytest.raises(Boundary):
        open_with(visit, goal, "rating", rings.Scope.SHARED)
    assert open_with(visit, goal, "text", rings.Scope.SHARED) == "睡到六点"
    with tampered(visit.booking, reason=bytes(goal.text)):
        ruling = refused(notes.read_reasons, by=visit.me, at=visit.center.at, case=visit.case)
    assert ruling.clauses == ALTERED


@pytest.mark.clause("CONF-04", "refuses")
def test_moved_to_another_school(visit: Visit) -> None:
    mine = visit.recorded()
    with own() as elsewhere:
        there = elsewhere.visit()
        theirs = there.recorded()
        with tampered(theirs, body=bytes(mine.body)):
            assert read(there).clauses == ALTERED


def test_every_flipped_bit_shows(visit: Visit) -> None:
    note = visit.recorded()
    body = bytes(note.body)
    key = rings.open_ring("case", visit.case_id, opener_of(visit.center.lin)).key(rings.Scope.FILE)
    for place in range(len(body)):
        note.body = flipped(body, place)
        with pytest.raises(Boundary):
            open_text(note, "body", key)
    for place in (0, 5, 12, 40, len(body) - 1):
        with tampered(note, body=flipped(body, place)):
            assert read(visit).clauses == ALTERED
    for cut in (b"", body[:-1], body[:20]):
        with tampered(note, body=cut):
            assert read(visit).clauses == ALTERED


def test_an_old_revision_does_not_open_as_the_new_one(visit: Visit) -> None:
    visit.recorded()
    goal = Goal(case=visit.case, agreed_at=visit.center.at)
    key = rings.open_ring("case", visit.case_id, opener_of(visit.center.lin)).key(rings.Scope.SHARED)
    old = close_text(goal, "text", "睡到五点", key, revision=1)
    close_text(goal, "text", "睡到六点", key, revision=2)
    assert open_text(goal, "text", key, revision=2) == "睡到六点"
    goal.text = old
    with pytest.raises(Boundary):
        open_text(goal, "text", key, revision=2)


@pytest.mark.clause("CONF-04", "refuses")
def test_a_changed_generation_opens_nothing(visit: Visit) -> None:
    visit.recorded()
    with tampered(ring_of(visit.case_id), generation=2):
        assert read(visit).clauses == ALTERED


@pytest.mark.clause("CONF-05", "refuses")
def test_one_clients_name_does_not_open_on_another(visit: Visit) -> None:
    other = visit.center.visit("王一")
    with tampered(other.client, identity=bytes(visit.client.identity)):
        given = {"by": visit.center.lin, "at": visit.center.at, "clients": [other.client.pk]}
        assert refused(clients.read_identities, **given).clauses == ALTERED
    given["by"] = visit.center.lin
    assert clients.read_identities(**given)[other.client.pk].name == "王一"


def test_a_record_put_back_after_destruction_opens_to_nobody(own_center: Any) -> None:
    visit = own_center.visit()
    visit.destroyed()
    note = Note.objects.get(case_id=visit.case_id)
    set_rows(note, written_at=visit.center.at)
    for name in ("lin", "zhou", "lead"):
        with pytest.raises(Refused):
            notes.read_file(by=getattr(own_center, name), at=visit.years(), case=visit.case)
        with pytest.raises(Boundary):
            rings.open_ring("case", visit.case_id, opener_of(getattr(own_center, name)))
