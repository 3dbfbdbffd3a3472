"""Looking for a word in one's own records on real rows: the own open cases only, one entry, and the word in none."""

from __future__ import annotations

from typing import Any

import pytest

from subrosa.policy.ruling import Outcome
from subrosa.records.audit.models import Entry
from subrosa.records.note import actions as notes
from subrosa.records.note.finding import wanted
from subrosa.records.note.parts import NoteText
from subrosa.records.note.searching import A_PAGE, Found, search
from subrosa.records.vault.models import Grant
from tests.ground import statements
from tests.records.center import SAFE, Center, Visit, locked, noted, refused

WORD = "萤火虫计划"


def said(words: str) -> NoteText:
    parts = {"situation": "高二", "problem": "睡不着", "course": words}
    return NoteText(parts, {"advice": "listened", "effect": "too_early", "other": "none"}, asked=SAFE)


def recorded(center: Center, name: str, words: str, days: int) -> Visit:
    visit = center.visit(name)
    visit.book(days=days)
    visit.hold()
    visit.sign()
    visit.record(said(words))
    return visit


def looked(center: Center, typed: str = WORD, **more: Any) -> Found:
    return search(**{"by": center.lin, "at": center.later, "word": wanted(typed)} | more)


@pytest.mark.clause("CONF-02", "passes")
def test_a_word_is_found_where_it_stands(own_center: Center) -> None:
    one, two = (recorded(own_center, name, f"他提到{WORD}，第{n}次", n) for n, name in ((1, "甲"), (2, "乙")))
    recorded(own_center, "丙", "别的", 3)
    found = looked(own_center)
    assert [hit.case.pk for hit in found.hits] == [two.case_id, one.case_id], "newest first"
    assert (found.many, found.records, found.cases, found.closed) == (2, 3, 3, 0)
    ((part, (passage,)),) = found.hits[0].parts
    assert (part, passage.found, passage.after) == ("course", WORD, "，第2次")
    assert repr(found) == repr(found.hits[0]) == "…"
    added = notes.add(
        by=own_center.lin, at=own_center.later, note=notes.Note.objects.get(case=one.case), text=said("ＹＵＮ的补充")
    )
    (hit,) = looked(own_center, "yun").hits
    assert hit.case.pk == one.case_id and added.pk


@pytest.mark.clause("CONF-02", "refuses")
def test_nobody_finds_what_is_with_a_colleague(own_center: Center) -> None:
    recorded(own_center, "甲", WORD, 1)
    assert looked(own_center, by=own_center.zhou).many == 0
    for who in ("lead", "rui", "qian", "sun"):
        assert refused(search, by=getattr(own_center, who), at=own_center.later, word=WORD).outcome is Outcome.REFUSED
    assert refused(search, by=locked(own_center.lin), at=own_center.later, word=WORD).clauses == ("CONF-04",)


def test_a_draft_and_a_closed_file_are_not_looked_through(own_center: Center) -> None:
    visit = recorded(own_center, "甲", WORD, 1)
    visit.book(days=2)
    visit.hold()
    notes.keep_draft(
        by=own_center.lin, at=own_center.later, case=visit.case, booking=visit.booking, text=said(f"草稿{WORD}")
    )
    assert looked(own_center).many == 1
    visit.record(said("没有"))
    visit.closed()
    assert (looked(own_center).many, looked(own_center).cases) == (0, 0)


def test_one_entry_for_the_search_and_one_for_each_case_that_is_shown(own_center: Center) -> None:
    one = recorded(own_center, "甲", f"{WORD} 一 {WORD}", 1)
    one.book(days=4)
    one.hold()
    one.record(said(f"又是{WORD}"))
    recorded(own_center, "乙", "别的", 2)
    before = set(Entry.objects.values_list("pk", flat=True))
    found = looked(own_center)
    assert found.many == 2
    new = Entry.objects.exclude(pk__in=before)
    assert sorted(new.values_list("act", flat=True)) == ["read_notes", "search_notes"]
    assert {row.case_id for row in new} == {None, one.case_id}
    for row in new:
        assert WORD.encode() not in bytes(row.bytes) and WORD not in str(vars(row))
    assert looked(own_center, "没有这个词").many == 0
    assert noted("search_notes", "done")[-1].case_id is None


def test_a_case_whose_key_is_gone_is_counted_and_does_not_stop_the_others(own_center: Center) -> None:
    one, _ = (recorded(own_center, name, WORD, n) for n, name in ((1, "甲"), (2, "乙")))
    pair = own_center.row("lin").keypair_id
    Grant.objects.using("owner").filter(keyring__of=one.case_id, holder_id=pair).delete()
    found = looked(own_center)
    assert (found.many, found.closed, found.cases) == (1, 1, 1)


def test_statements_do_not_grow_with_the_cases(own_center: Center) -> None:
    counts = []
    for days in range(1, 5):
        recorded(own_center, f"第{days}位", WORD if days == 1 else "别的", days)
        with statements() as sent:
            looked(own_center)
        counts.append(len(sent))
    assert len(set(counts)) == 1 and counts[0] <= 9


def test_pages_hold_so_many_and_no_more(own_center: Center) -> None:
    visit = recorded(own_center, "甲", WORD, 1)
    first = notes.Note.objects.get(case=visit.case)
    for n in range(A_PAGE + 2):
        notes.add(by=own_center.lin, at=own_center.later, note=first, text=said(f"{WORD} {n}"))
    many = A_PAGE + 3
    page, rest = looked(own_center), looked(own_center, start=A_PAGE)
    assert (len(page.hits), len(rest.hits), page.many, rest.many) == (A_PAGE, 3, many, many)
    assert looked(own_center, start=1000).hits == []
