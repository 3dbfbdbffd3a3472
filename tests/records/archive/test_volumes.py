"""Volumes on real rows: index, pages, hash; what is missing is named; what is bound stays; a destroyed file is gone there too."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from subrosa.ledger.volume import check
from subrosa.policy.actor import CLOCK
from subrosa.policy.ruling import Outcome
from subrosa.records.archive import actions, shelf, volumes
from subrosa.records.archive.models import Bound, FileLine, Sheet, Volume
from subrosa.records.archive.terms import due_of, term_at
from subrosa.records.audit.models import Entry
from subrosa.records.audit.witness import verifier_line
from subrosa.records.case.models import Case
from subrosa.records.duty.models import Duty
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.files import PIECE
from tests.ground import as_clock, together
from tests.records.center import Center, Visit, again, own_center, refused
from tests.records.thief import set_rows

__all__ = ["own_center"]
PDF = b"%PDF-1.7 a file, as it is printed"


def in_the_archive(center: Center, days: int, **said: Any) -> Visit:
    """One archived file, closed by Lin."""
    visit = center.visit(f"第{days}位")
    visit.book(days=days)
    visit.hold()
    visit.sign()
    visit.record()
    visit.archived()
    return visit


def term_of(center: Center) -> Any:
    return term_at(calendar().local(center.later))


def set_type(cases: list[Case], pdf: bytes = PDF, pages: int = 3) -> dict[Any, volumes.Typeset]:
    first = itertools.count(1, pages)
    return {one.pk: volumes.Typeset(one.pk, pdf, start := next(first), start + pages - 1) for one in cases}


def bound(center: Center, *, pdf: bytes = PDF, by: Any = None, **more: Any) -> Volume:
    """What the custodian's page does, with a PDF that needs no setting."""
    by, term = by or center.zhou, term_of(center)
    cases = more.pop("cases", None) or shelf.to_bind(center.lin.id, term)
    for one in cases:
        volumes.open_archived(by=by, at=center.later, case=one)
    given: dict[str, Any] = {
        "counselor": center.row("lin"),
        "term": term,
        "cases": cases,
        "typeset": set_type(cases, pdf),
    }
    return volumes.bind(by=by, at=center.later, **{**given, **more})


def binding(center: Center, **more: Any) -> dict[str, Any]:
    cases = more.pop("cases", shelf.to_bind(center.lin.id, term_of(center)))
    given = {"counselor": center.row("lin"), "term": term_of(center), "cases": cases, "typeset": set_type(cases)}
    return {"by": center.zhou, "at": center.later, **given, **more}


@pytest.mark.clause("REC-04", "passes")
def test_a_volume_has_index_pages_and_hash(own_center: Center) -> None:
    visits = [in_the_archive(own_center, days) for days in (1, 2)]
    volume = bound(own_center)
    assert (volume.number, volume.files, volume.pages) == (1, 2, 6)
    data = b"".join(shelf.file_of(volume))
    report = check(io.BytesIO(data), verifier_line())
    assert report.whole and report.trusted and (report.files, report.pages) == (2, 6)
    index = json.loads(bytes(volume.head))
    assert [(one["number"], one["first_page"], one["last_page"], one["sessions"]) for one in index["files"]] == [
        (1, 1, 3, 1), (2, 4, 6, 1),
    ]  # fmt: skip
    entry = Entry.objects.get(act="bind_volume", outcome="done")
    assert bytes(entry.digest) == hashlib.sha256(bytes(volume.head)).digest(), "the log names exactly this volume"
    for visit in visits:
        assert any(
            one.act == "open_archived" and one.actor_id == own_center.zhou.id
            for one in Entry.objects.filter(case_id=visit.case_id)
        )
    plain = bytes(volume.head).decode() + volume.note
    assert not any(said in plain for said in ("第1位", "林知夏", "睡", "goals_reached")), "no name, no reason"
    assert PDF not in data and b"%PDF" not in data


@pytest.mark.clause("REC-04", "passes")
def test_what_was_bound_opens_with_the_archives_key_only(own_center: Center) -> None:
    visit = in_the_archive(own_center, 1)
    long = PDF * (PIECE // len(PDF) + 2)
    volume = bound(own_center, pdf=long)
    assert Sheet.objects.filter(volume=volume).count() == 2
    own_center.zhou.opener.forget()
    (part,) = volumes.open_volume(by=own_center.zhou, at=own_center.later, volume=volume)
    assert part.pdf == long and (part.first_page, part.last_page) == (1, 3)
    seen = Entry.objects.filter(case_id=visit.case_id, act="open_archived", actor_id=own_center.zhou.id)
    assert seen.count() == 2, "bound, and opened: both stand in the client's log"
    given = {"at": own_center.later, "volume": volume}
    assert refused(volumes.open_volume, by=own_center.lead, **given).clauses == ("CONF-02",), "the lead has no such key"
    for who in ("lin", "fang", "rui", "qian", "sun"):
        for act in (volumes.open_volume, volumes.take):
            assert refused(act, by=getattr(own_center, who), **given).clauses == ("REC-04",)
    assert volumes.take(by=own_center.lead, **given) == volume, "sealed, the lead may keep it"


@pytest.mark.clause("REC-04", "not_yet")
def test_the_volume_waits_for_a_missing_record_and_names_it(own_center: Center) -> None:
    in_the_archive(own_center, 1)
    late = own_center.visit("第2位")
    late.book(days=2)
    late.hold()
    late.sign()
    case = late.closed()
    ruling = refused(volumes.bind, **binding(own_center))
    day = late.booking.starts_at.date().isoformat()
    assert ruling.outcome is Outcome.NOT_YET and ruling.missing == (f"{case.number}: {day} 12:20",)
    assert not Volume.objects.exists() and not Sheet.objects.exists()
    late.record()
    actions.archive(by=own_center.lin, at=own_center.later, case=case)
    assert bound(own_center).files == 2


@pytest.mark.clause("REC-04", "not_yet")
def test_only_archived_files_are_bound_and_each_once(own_center: Center) -> None:
    visit = in_the_archive(own_center, 1)
    running = own_center.visit("第2位")
    running.book(days=2)
    asked = binding(own_center, cases=[running.case])
    assert refused(volumes.bind, **asked).missing == ("archived_file",)
    assert refused(volumes.bind, **{**binding(own_center), "cases": []}).missing == ("archived_file",)
    assert refused(volumes.bind, **binding(own_center, counselor=own_center.row("fang"))).missing == ("archived_file",)
    first = bound(own_center)
    twice = refused(volumes.bind, **binding(own_center, cases=[visit.case]))
    assert twice.outcome is Outcome.REFUSED and [one.rule for one in twice.reasons] == ["a_file_is_bound_once"]
    assert list(Volume.objects.values_list("number", flat=True)) == [first.number]
    assert refused(volumes.open_archived, by=own_center.zhou, at=own_center.later, case=running.case).clauses == (
        "REC-04",
    )


def test_two_who_bind_at_once_make_one_volume(own_center: Center) -> None:
    in_the_archive(own_center, 1)
    asked = binding(own_center)
    answers = together(*(lambda: volumes.bind(**{**asked, "by": again(own_center.zhou)}) for _ in range(2)))
    assert sum(isinstance(one, Volume) for one in answers) == 1
    assert Volume.objects.count() == 1 and Bound.objects.count() == 1
    in_the_archive(own_center, 2)
    assert bound(own_center).number == 2, "the refused one took no number with it"


@pytest.mark.clause("REC-04", "refuses")
@pytest.mark.clause("CONF-04", "refuses")
def test_a_changed_volume_is_neither_made_nor_given_out(own_center: Center) -> None:
    in_the_archive(own_center, 1)
    volume = bound(own_center)
    for sql in ("UPDATE archive_volume SET pages = 1", "DELETE FROM archive_volume", "UPDATE archive_sheet SET place = 5",
                "DELETE FROM archive_sheet", "UPDATE archive_bound SET last_page = 1", "DELETE FROM archive_bound",
                "UPDATE archive_fileline SET number = 7", "DELETE FROM archive_fileline"):  # fmt: skip
        denied(sql)
        with as_clock():
            denied(sql)
    sheet = Sheet.objects.get(volume=volume)
    set_rows(sheet, body=bytes(sheet.body)[:-1] + b"\0")
    given = {"at": own_center.later, "volume": volume}
    for act in (volumes.open_volume, volumes.take):
        ruling = refused(act, by=own_center.zhou, **given)
        assert ruling.outcome is Outcome.REFUSED and [one.rule for one in ruling.reasons] == [
            "an_altered_volume_is_not_given_out"
        ]
    set_rows(sheet, body=bytes(sheet.body))
    assert shelf.is_whole(volume)
    set_rows(volume, pages=2)
    assert not shelf.is_whole(Volume.objects.get()), "what the page would show is compared too"


def denied(sql: str, why: str = "permission denied") -> None:
    """The serving roles have no right to it, act or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('subrosa.act', 'x', false)")
        try:
            with pytest.raises(DatabaseError, match=why):
                cursor.execute(sql)
        finally:
            cursor.execute("SELECT set_config('subrosa.act', '', false)")


@pytest.mark.clause("REC-04", "passes")
@pytest.mark.clause("CONF-04", "passes")
def test_a_destroyed_file_is_gone_from_its_volume(own_center: Center) -> None:
    gone, stays = in_the_archive(own_center, 1), in_the_archive(own_center, 2)
    volume = bound(own_center)
    taken = b"".join(shelf.file_of(volume))
    for by in (own_center.lead, own_center.zhou):
        actions.confirm(by=by, at=gone.years(), case=gone.case)
    actions.destroy(by=own_center.lead, at=gone.years(), case=gone.case)
    own_center.zhou.opener.forget()
    first, second = volumes.open_volume(by=own_center.zhou, at=gone.years(), volume=volume)
    assert (first.pdf, second.pdf) == (b"", PDF) and second.case == stays.case
    assert b"".join(shelf.file_of(volume)) == taken, "the volume itself is unchanged, and still whole"
    row = shelf.where_bound([gone.case])[gone.case_id]
    assert (row.volume.number, row.first_page, row.last_page) == (1, 1, 3)
    from subrosa.records.archive.going import gone as told

    day = calendar().local(gone.years()) + timedelta(days=31)
    assert told([gone.case_id])[gone.case_id].copies_gone_on == day


def test_a_register_line_for_every_number_and_no_other(own_center: Center) -> None:
    visits = [in_the_archive(own_center, days) for days in (1, 2, 3)]
    lines = list(FileLine.objects.order_by("number"))
    assert [(one.number, one.case_id) for one in lines] == [(n, v.case_id) for n, v in enumerate(visits, 1)]
    assert [Case.objects.get(pk=one.case_id).number for one in lines] == [1, 2, 3]


@pytest.mark.clause("REC-04", "passes")
def test_the_clock_owes_a_terms_archive_once(own_center: Center) -> None:
    in_the_archive(own_center, 1)
    term = term_of(own_center)
    within = {"by": CLOCK, "at": own_center.later, "term": term}
    assert shelf.run_to_owe(own_center.later) is None
    assert refused(volumes.owe_run, **within).clauses == ("REC-04",), "the term still runs"
    after = calendar().end_of(term.next_begins())
    assert shelf.run_to_owe(after) == term
    volumes.owe_run(by=CLOCK, at=after, term=term)
    duty = Duty.objects.get(kind="archive_run")
    assert (duty.owner_id, duty.due) == (own_center.zhou.id, due_of(term))
    assert duty.due == calendar().end_of(term.next_begins() + timedelta(weeks=2))
    assert shelf.run_to_owe(after) is None
    assert refused(volumes.owe_run, by=CLOCK, at=after, term=term).clauses == ("REC-04",)
    cases = shelf.to_bind(own_center.lin.id, term)
    volumes.bind(**{**binding(own_center), "at": after, "cases": cases, "typeset": set_type(cases)})
    assert Duty.objects.get(kind="archive_run").settled_at == after
    assert shelf.run_to_owe(after + timedelta(days=1)) is None, "once a term, settled or not"


def test_two_clocks_owe_it_once(own_center: Center) -> None:
    in_the_archive(own_center, 1)
    term = term_of(own_center)
    after = calendar().end_of(term.next_begins())
    together(*(lambda: volumes.owe_run(by=CLOCK, at=after, term=term) for _ in range(3)))
    assert Duty.objects.filter(kind="archive_run").count() == 1


def test_piles_name_counselors_and_what_is_missing(own_center: Center) -> None:
    in_the_archive(own_center, 1)
    late = own_center.visit("第2位")
    late.book(days=2)
    late.hold()
    late.sign()
    case = late.closed()
    (pile,) = shelf.piles(term_of(own_center))
    assert (pile.counselor.pk, pile.ready, pile.not_handed_over) == (own_center.lin.id, 1, 1)
    assert pile.missing == (f"{case.number}: {late.booking.starts_at.date().isoformat()} 12:20",)
    assert shelf.terms_to_bind() == [term_of(own_center)]


def test_a_followed_case_stays_in_sight_until_the_client_is_back(own_center: Center) -> None:
    visit = own_center.visit()
    visit.recorded()
    actions.close(by=own_center.lin, at=own_center.later, case=visit.case, why="referred")
    assert shelf.followed_up() == []
    actions.archive(by=own_center.lin, at=own_center.later, case=visit.case)
    assert [one.pk for one in shelf.followed_up()] == [visit.case_id]
