"""One record on two devices: nothing is written over, nothing merges, nothing is lost, and signing waits for a look."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.audit.models import Entry
from subrosa.records.note import actions as notes
from subrosa.records.note.drafts import Draft, choose_draft, put_draft_away
from subrosa.records.note.mark import Mark
from subrosa.records.note.models import DraftBeside, Note
from subrosa.records.note.parts import NoteText
from tests.ground import together
from tests.records.center import FULL, Center, Visit, locked, noted, refused
from tests.records.joining import joined


@pytest.fixture
def held(own_center: Center) -> Visit:
    """The first meeting took place, the agreement is signed."""
    visit = own_center.visit()
    visit.book(reason="睡不着")
    visit.hold()
    visit.sign()
    return visit


def of(visit: Visit, **more: Any) -> dict[str, Any]:
    booking = visit.booking
    return {"by": visit.center.lin, "at": booking.ends_at, "case": visit.case, "booking": booking} | more


def typed(words: str) -> NoteText:
    return NoteText({"course": words})


def keep(visit: Visit, words: str, mark: Mark, **more: Any) -> Note:
    return notes.keep_draft(**of(visit, text=typed(words), mark=mark, **more))


def opened(visit: Visit) -> Draft:
    return notes.read_draft(by=visit.center.lin, at=visit.center.later, booking=visit.booking)


def course(visit: Visit) -> tuple[str, list[str]]:
    """What is gone on with, and what stands beside it."""
    draft = opened(visit)
    return draft.text.words["course"], [one.text.words["course"] for one in draft.beside]


def page(visit: Visit, turn: int = 1) -> Mark:
    """A page that is opened now."""
    return Mark(uuid4(), turn, opened(visit).opened_on)


def on(mark: Mark, turn: int) -> Mark:
    """The same page, some savings later."""
    return Mark(mark.page, turn, mark.opened_on)


@pytest.fixture
def two(held: Visit) -> tuple[Mark, Mark]:
    """Two pages opened on the same draft; the second was kept first, so the first is overtaken."""
    keep(held, "in the office", page(held))
    old, new = page(held), page(held)
    keep(held, "in the office, and on the way", new)
    return old, new


def test_a_page_goes_on_from_what_it_was_opened_on(held: Visit) -> None:
    first = page(held)
    for turn, words in enumerate(("a", "a b", "a b c"), 1):
        keep(held, words, on(first, turn))
    second = page(held)
    keep(held, "a b c d", second)
    assert course(held) == ("a b c d", [])


@pytest.mark.clause("REC-01", "refuses")
def test_a_page_that_was_overtaken_writes_over_nothing(held: Visit, two: tuple[Mark, Mark]) -> None:
    old, new = two
    kept = keep(held, "in the office, later", old)
    assert kept.draft_page == new.page, "the page learns that another one was kept since"
    keep(held, "in the office, later still", on(old, 2))
    assert course(held) == ("in the office, and on the way", ["in the office, later still"])
    keep(held, "in the office, and on the way, to the end", on(new, 2))
    assert course(held) == ("in the office, and on the way, to the end", ["in the office, later still"])


def test_what_comes_late_is_known_as_late(held: Visit, two: tuple[Mark, Mark]) -> None:
    old, new = two
    for words, turn in (("third", 3), ("second", 2)):
        keep(held, words, on(new, turn))
        keep(held, words, on(old, turn))
    assert course(held) == ("third", ["third"])


def test_three_devices_lose_nothing(held: Visit, two: tuple[Mark, Mark]) -> None:
    keep(held, "a third device", Mark(uuid4(), 1, two[0].opened_on))
    keep(held, "the first", two[0])
    words, beside = course(held)
    assert (words, sorted(beside)) == ("in the office, and on the way", ["a third device", "the first"])


def test_it_is_kept_beside_while_locked_and_leaves_one_entry(held: Visit, two: tuple[Mark, Mark]) -> None:
    keep(held, "typed while locked", two[0], by=locked(held.center.lin))
    assert course(held)[1] == ["typed while locked"]
    acts = Entry.objects.filter(case_id=held.case_id, act="keep_draft")
    assert acts.count() == 1, "begun once, on however many devices"


@pytest.mark.clause("REC-01", "not_yet")
def test_signing_waits_until_the_other_text_was_looked_at(held: Visit, two: tuple[Mark, Mark]) -> None:
    old, new = two
    ruling = refused(notes.write, **of(held, text=FULL, mark=old))
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("text_beside",)
    assert [one.text.words["course"] for one in opened(held).beside] == [FULL.words["course"]], "and is kept"
    assert refused(notes.write, **of(held, text=FULL, mark=on(new, 2))).missing == ("text_beside",)
    put_draft_away(**of(held, page=old.page))
    note = notes.write(**of(held, text=FULL, mark=on(new, 3)))
    assert note.signed_at and not DraftBeside.objects.exists()
    row = Note.objects.get(pk=note.pk)
    assert (row.draft, row.draft_page, row.draft_turn) == (None, None, 0)


@pytest.mark.clause("REC-01", "passes")
def test_going_on_with_the_other_text_changes_places(held: Visit, two: tuple[Mark, Mark]) -> None:
    old, new = two
    keep(held, "mine", old)
    choose_draft(**of(held, page=old.page))
    assert course(held) == ("mine", ["in the office, and on the way"])
    choose_draft(**of(held, page=old.page))
    assert course(held) == ("mine", ["in the office, and on the way"]), "pressed twice"
    keep(held, "mine, and more", on(old, 2))
    keep(held, "on the way home", on(new, 2))
    assert course(held) == ("mine, and more", ["on the way home"])
    put_draft_away(**of(held, page=new.page))
    assert course(held) == ("mine, and more", [])
    assert len(noted("put_draft_away", "done")) == 1


@pytest.mark.clause("CONF-04", "refuses")
def test_choosing_opens_and_so_needs_an_unlocked_session(held: Visit, two: tuple[Mark, Mark]) -> None:
    keep(held, "mine", two[0])
    given = of(held, page=two[0].page)
    assert refused(choose_draft, **given | {"by": locked(held.center.lin)}).clauses == ("CONF-04",)
    assert course(held) == ("in the office, and on the way", ["mine"])


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize(("who", "clause"), [("fang", "CONF-02"), ("zhou", "CONF-02"), ("lead", "CONF-04")])
def test_nobody_else_chooses_or_puts_away(held: Visit, two: tuple[Mark, Mark], who: str, clause: str) -> None:
    keep(held, "mine", two[0])
    given = of(held, page=two[0].page, by=getattr(held.center, who))
    for act in (choose_draft, put_draft_away):
        assert refused(act, **given).clauses == (clause,)
    assert course(held)[1] == ["mine"]


def test_a_colleague_on_the_care_team_does_not_put_it_away(held: Visit, two: tuple[Mark, Mark]) -> None:
    keep(held, "mine", two[0])
    joined(by=held.center.lin, at=held.center.at, case=held.case, colleague=held.center.row("fang"))
    for act in (choose_draft, put_draft_away):
        assert refused(act, **of(held, page=two[0].page, by=held.center.fang)).clauses == ("REC-01",)
    assert course(held)[1] == ["mine"]


@pytest.mark.clause("REC-01", "refuses")
def test_after_signing_nothing_is_kept_or_put_away(held: Visit) -> None:
    held.record()
    for act, more in (
        (notes.keep_draft, {"text": typed("x"), "mark": Mark(uuid4(), 1)}),
        (put_draft_away, {"page": uuid4()}),
    ):
        assert refused(act, **of(held, **more)).clauses == ("REC-01",)
    assert not DraftBeside.objects.exists()


def test_two_devices_at_the_same_moment(held: Visit) -> None:
    keep(held, "begun", page(held))
    pages = [page(held) for _ in range(4)]
    together(*(lambda one=one, n=n: keep(held, f"device {n}", one) for n, one in enumerate(pages)))
    words, beside = course(held)
    assert sorted([words, *beside]) == [f"device {n}" for n in range(4)]


@pytest.mark.clause("CONF-04", "passes")
def test_what_stands_beside_is_sealed(held: Visit, two: tuple[Mark, Mark]) -> None:
    keep(held, "mine and nobody's", two[0])
    (row,) = DraftBeside.objects.all()
    assert b"nobody" not in bytes(row.text)
