"""The letter at the end: waits while it names an illness, the client's from the closing on, and stays when the keys end."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.diagnosis import Source
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records.archive import actions as archive
from subrosa.records.audit.models import Entry
from subrosa.records.case import farewell
from subrosa.records.case.letter_text import LetterText
from subrosa.records.case.models import Letter
from subrosa.records.case.queries import letters
from subrosa.records.notice.queries import unseen
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from tests.records.case.test_handing import hand, holder
from tests.records.center import Visit, refused

WORDS = "你说的那句“我想试试”，我记得。门一直开着。"
FOUND = "检查的结果是，你患有抑郁症。"


def write(visit: Visit, text: LetterText, **more: Any) -> Letter:
    return farewell.write_letter(
        **{"by": visit.center.lin, "at": visit.center.later, "case": visit.case, "text": text} | more
    )


def read(visit: Visit, by: Any) -> LetterText | None:
    return farewell.read_letter(by=by, at=visit.center.later, case=visit.case)


@pytest.mark.clause("COMP-03", "passes")
def test_it_is_the_clients_from_the_closing_on_and_stays(visit: Visit) -> None:
    visit.recorded()
    row = write(visit, LetterText(WORDS))
    assert "门".encode() not in bytes(row.text)
    assert read(visit, visit.me) is None and letters([visit.case_id]) == [], "until then it is still being written"
    write(visit, LetterText(f"{WORDS}再见。"))
    visit.closed()
    assert [one.kind for one in unseen(visit.client.pk)].count("letter") == 1
    archive.archive(by=visit.center.lin, at=visit.center.later, case=visit.case)
    with pytest.raises(Boundary):
        rings.open_ring("case", visit.case_id, opener_of(visit.center.lin))
    found = read(visit, visit.me)
    assert found is not None and found.text == f"{WORDS}再见。" and len(letters([visit.case_id])) == 1


@pytest.mark.clause("CONF-04", "refuses")
def test_what_was_handed_over_stays_as_it_is(visit: Visit) -> None:
    visit.recorded()
    write(visit, LetterText(WORDS))
    visit.closed()
    ruling = refused(write, visit=visit, text=LetterText("别的"))
    assert ruling.outcome is Outcome.REFUSED and ruling.clauses == ("CONF-04",)


def test_after_closing_without_one_it_may_still_be_written(visit: Visit) -> None:
    visit.recorded()
    visit.closed()
    assert "letter" not in [one.kind for one in unseen(visit.client.pk)]
    write(visit, LetterText(WORDS))
    assert [one.kind for one in unseen(visit.client.pk)].count("letter") == 1


@pytest.mark.clause("COMP-03", "not_yet")
@pytest.mark.parametrize("text", [FOUND, "诊断编码 F32.1。", "She has bipolar disorder."])
def test_it_waits_while_it_names_an_illness_as_ones_own_finding(visit: Visit, text: str) -> None:
    visit.recorded()
    ruling = refused(write, visit=visit, text=LetterText(text))
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == ("whose_words",)
    assert not Letter.objects.filter(case_id=visit.case_id).exists()
    last = Entry.objects.filter(act="write_letter").order_by("-at").first()
    assert last is not None and last.case_id is None and last.missing == ["whose_words"], "no word of it in the log"


@pytest.mark.clause("COMP-03", "passes")
def test_said_whose_it_is_it_goes(visit: Visit) -> None:
    visit.recorded()
    (passage,) = LetterText(FOUND).passages()
    for half in (
        Source("hospital"),
        Source("hospital", "市六院", "去年"),
        Source("hospital", " ", "2026-02-01"),
        Source("me"),
    ):
        assert refused(write, visit=visit, text=LetterText(FOUND, {passage: half})).missing == ("whose_words",)
    whole = Source("hospital", "市六院", "2026-02-01")
    write(visit, LetterText(FOUND, {passage: whole, "别处": Source("client")}))
    visit.closed()
    found = read(visit, visit.me)
    assert found is not None and found.said() == ((passage, whole),) and set(found.sources) == {passage}
    for who in ("client", "family"):
        assert LetterText(FOUND, {passage: Source(who)}).unsourced() == ()


def test_everyday_words_never_wait(visit: Visit) -> None:
    assert LetterText("你常常焦虑、情绪低落，考前更紧张。").passages() == ()


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_else_writes_or_opens_it(visit: Visit) -> None:
    visit.recorded()
    center = visit.center
    for by in (center.fang, visit.me, center.lead):
        assert refused(write, visit=visit, text=LetterText(WORDS), by=by).outcome is Outcome.REFUSED
    write(visit, LetterText(WORDS))
    visit.closed()
    other = center.visit("王三")
    other.book(days=3)
    for by in (other.me, center.lin, center.lead):
        assert refused(read, visit=visit, by=by).outcome is Outcome.REFUSED


def test_the_centers_device_opens_it_too(visit: Visit) -> None:
    visit.recorded()
    write(visit, LetterText(WORDS))
    visit.closed()
    found = read(visit, holder(hand(visit)[1], visit.center.at))
    assert found is not None and found.text == WORDS


def test_a_letter_that_was_begun_and_is_not_wanted_goes_away(visit: Visit) -> None:
    visit.recorded()
    write(visit, LetterText(WORDS))
    archive.close(by=visit.center.lin, at=visit.center.later, case=visit.case, no_letter=True)
    assert not Letter.objects.filter(case_id=visit.case_id).exists() and read(visit, visit.me) is None
    assert "letter" not in [one.kind for one in unseen(visit.client.pk)]
