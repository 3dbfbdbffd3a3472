"""The custodian binds a term's files; whoever has the sealed file can check it; the lead sees, and opens nothing."""

from __future__ import annotations

import io
import zlib
from datetime import timedelta
from typing import Any

import pytest

from subrosa.desks.lead.bound_paper import Book, Bound, file_paper, volume_paper
from subrosa.ledger.volume import check
from subrosa.records.archive import actions, contents
from subrosa.records.archive.terms import term_at
from subrosa.records.audit.witness import verifier_line
from subrosa.records.duty.models import Duty
from subrosa.records.note.parts import NoteText
from subrosa.records.school import context
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.opened import Opened
from tests.desks.hand import Hand
from tests.desks.test_lead_destruction import a_round
from tests.ground import growth
from tests.records.archive.test_registers import signed, years_later
from tests.records.archive.test_volumes import in_the_archive
from tests.records.center import Center, noted, own_center

__all__ = ["own_center"]
PAGE = "/center/volumes/"


def first_day(center: Center) -> str:
    return term_at(calendar().local(center.later)).first.isoformat()


def press(center: Center) -> str:
    return f"{PAGE}bind/{center.lin.id}/{first_day(center)}/"


def bound(patch: pytest.MonkeyPatch, center: Center) -> str:
    """Bound by the page; answers the page of the volume."""
    answer = Hand(patch, center.zhou, center.later).post(press(center))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


@pytest.mark.clause("REC-04", "passes")
def test_the_custodian_binds_and_prints(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    in_the_archive(own_center, 1)
    in_the_archive(own_center, 2)
    zhou = Hand(monkeypatch, own_center.zhou, own_center.later)
    shown = zhou.text(PAGE)
    assert "林知夏" in shown and "第1位" not in shown and "Bind the volume" in shown
    page = bound(monkeypatch, own_center)
    text = zhou.text(page)
    assert "Volume 1" in text and "as it was bound" in text and "subrosa archive verify volume-1.sealed" in text
    assert "睡" not in text and "第1位" not in text
    answer = zhou.post(f"{page}open/")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'inline; filename="paper.pdf"'
    taken = zhou.post(f"{page}take/")
    with context.on(None):  # it goes out after the request, when the thread knows no school any more
        data = b"".join(taken.streaming_content)
    report = check(io.BytesIO(data), verifier_line())
    assert report.whole and report.files == 2 and report.digest in text
    assert "Every file that lies in the archive is bound." in zhou.text(PAGE)


@pytest.mark.clause("REC-04", "not_yet")
def test_a_missing_record_is_named_on_the_page_and_when_pressed(
    monkeypatch: pytest.MonkeyPatch, own_center: Center
) -> None:
    in_the_archive(own_center, 1)
    late = own_center.visit("第2位")
    late.book(days=2)
    late.hold()
    late.sign()
    late.closed()
    day = late.booking.starts_at.date().isoformat()
    zhou = Hand(monkeypatch, own_center.zhou, own_center.later)
    assert f"2: {day} 12:20" in zhou.text(PAGE)
    answer = zhou.post(press(own_center))
    assert answer.status_code == 409 and f"2: {day} 12:20" in answer.content.decode()
    assert noted("open_archived", "done") == [], "no file is opened for a volume that must wait"


@pytest.mark.clause("CONF-02", "refuses")
def test_the_lead_sees_and_takes_and_opens_nothing(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    in_the_archive(own_center, 1)
    lead = Hand(monkeypatch, own_center.lead, own_center.later)
    assert "the custodian does it" in lead.text(PAGE) and "Bind the volume" not in lead.text(PAGE)
    assert lead.post(press(own_center)).status_code == 403
    page = bound(monkeypatch, own_center)
    assert "Open to print" not in lead.text(page)
    refused = lead.post(f"{page}open/")
    assert refused.status_code == 403 and "CONF-02" in refused.content.decode()
    assert lead.post(f"{page}take/").status_code == 200
    for who in ("lin", "rui", "qian", "sun"):
        hand = Hand(monkeypatch, getattr(own_center, who), own_center.later)
        assert [hand.get(PAGE).status_code, hand.get(page).status_code, hand.post(f"{page}take/").status_code] == [
            403
        ] * 3


def test_addresses_that_name_nothing(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    zhou = Hand(monkeypatch, own_center.zhou, own_center.later)
    nobody = "00000000-0000-0000-0000-000000000001"
    for path in (f"{PAGE}bind/{own_center.lin.id}/2026-03-03/", f"{PAGE}bind/{own_center.lin.id}/someday/",
                 f"{PAGE}bind/{nobody}/{first_day(own_center)}/", f"{PAGE}{nobody}/open/", f"{PAGE}{nobody}/take/"):  # fmt: skip
        assert zhou.post(path).status_code == 404
    assert zhou.get(f"{PAGE}{nobody}/").status_code == 404
    empty = zhou.post(press(own_center))
    assert empty.status_code == 409 and "a file in the archive" in empty.content.decode()


def test_the_shelf_asks_as_often_for_many_as_for_one(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    zhou = Hand(monkeypatch, own_center.zhou, own_center.later)
    in_the_archive(own_center, 1)
    days = iter([2, 3, 4])

    def more() -> None:
        day = next(days, None)
        if day is not None:
            in_the_archive(own_center, day)

    before, after = growth(lambda: zhou.get(PAGE), more)
    assert before == after


def test_the_clock_opens_the_duty_once_a_term(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    in_the_archive(own_center, 1)
    moment = own_center.later
    monkeypatch.setattr("subrosa.records.audit.moment.now", lambda: moment)
    a_round()
    assert not Duty.objects.filter(kind="archive_run").exists()
    moment = calendar().end_of(term_at(calendar().local(own_center.later)).next_begins())
    assert a_round()["volumes of a term owed"] >= 1
    assert "volumes of a term owed" not in a_round()
    assert Duty.objects.filter(kind="archive_run", owner_id=own_center.zhou.id).count() == 1
    page = Hand(monkeypatch, own_center.zhou, moment).text(PAGE)
    assert "due by" in page


def test_brief_contacts_go_by_the_page(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    for _ in range(2):
        signed(own_center)
    later = years_later(own_center)
    monkeypatch.setattr("subrosa.records.audit.moment.now", lambda: later)
    assert a_round()["brief contacts whose time is over"] >= 1
    assert "brief contacts whose time is over" not in a_round()
    lead, zhou = (Hand(monkeypatch, one, later) for one in (own_center.lead, own_center.zhou))
    where = "/center/destruction/"
    assert "2 brief contacts, up to number 2" in lead.text(where)
    day = calendar().local(later) + timedelta(days=31)
    assert f"opens nowhere from {day:%B} {day.day}, {day.year} on" in lead.text(where)
    assert lead.post(f"{where}briefs/2/confirm/").status_code == 302
    early = lead.post(f"{where}briefs/2/destroy/")
    assert early.status_code == 409 and "both confirm" in early.content.decode()
    assert lead.post(f"{where}briefs/3/confirm/").status_code == 403
    assert zhou.post(f"{where}briefs/2/confirm/").status_code == 302
    assert zhou.post(f"{where}briefs/2/destroy/").status_code == 302
    assert "2 up to number 2, gone since" in zhou.text(where)


def test_a_destroyed_file_says_where_its_paper_lies(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    visit = in_the_archive(own_center, 1)
    page = bound(monkeypatch, own_center)
    lead, zhou = (Hand(monkeypatch, one, visit.years()) for one in (own_center.lead, own_center.zhou))
    assert "volume 1, pages 1 to" in lead.text("/center/destruction/")
    for by in (own_center.lead, own_center.zhou):
        actions.confirm(by=by, at=visit.years(), case=visit.case)
    actions.destroy(by=own_center.lead, at=visit.years(), case=visit.case)
    assert "the last copy from" in lead.text("/center/destruction/")
    text = zhou.text(page)
    assert "gone since" in text and "as it was bound" in text
    assert zhou.post(f"{page}open/").content.startswith(b"%PDF-"), "the other pages can still be printed"


# --- the paper ------------------------------------------------------------------------------------------------------------


def a_file(center: Center, words: str, **more: Any) -> contents.Contents:
    at = center.at
    text = NoteText(dict.fromkeys(("situation", "problem", "course"), words), {"advice": "listened", "other": "none"})
    record = contents.Record(
        at, at, text, Opened("想说的话"), (contents.Record(at, at, NoteText({"course": "补记"}), Opened("")),)
    )
    held = {"number": 7, "opened_at": at, "closed_at": at, "why_closed": "referred", "records": (record,), "briefs": (),
            "plan": None, "goals": (), "letter": None}  # fmt: skip
    return contents.Contents(**{**held, **more})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_go_on_and_are_counted(own_center: Center, language: str) -> None:
    given: dict[str, Any] = {"language": language, "on": calendar().local(own_center.at)}
    one = file_paper(a_file(own_center, "睡不着。"), first_page=1, **given)
    long = file_paper(a_file(own_center, "说了很多。\n" * 300), first_page=one.pages + 1, **given)
    assert one.pages == 1 and long.pages > 5 and long.pdf.startswith(b"%PDF-")
    assert f"/Count {long.pages}".encode() in long.pdf or pages_of(long.pdf) == long.pages


def pages_of(pdf: bytes) -> int:
    """Counted by another way than the program's: page objects, in the clear or in compressed streams."""
    found = pdf.count(b"/Type/Page/") + pdf.count(b"/Type /Page\n")
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found += zlib.decompressobj().decompress(part).count(b"/Type/Page/")
        except zlib.error:
            continue
    return found


def test_a_sign_without_type_is_bound_as_its_number(own_center: Center) -> None:
    made = file_paper(
        a_file(own_center, "今天 👩‍🎓 来了 \ue000 𓀀"),
        language="zh-hans",
        first_page=1,
        on=calendar().local(own_center.at),
    )
    assert made.pages == 1


def test_what_was_typed_is_text_and_never_template(own_center: Center) -> None:
    odd = '#import "x" $a$ *b* @c <last> \\ `e` ] } #sys.inputs'
    assert (
        file_paper(a_file(own_center, odd), language="en", first_page=4, on=calendar().local(own_center.at)).pages == 1
    )


def test_the_bound_book_has_every_sheet(own_center: Center) -> None:
    day = calendar().local(own_center.at)
    made = file_paper(a_file(own_center, "一段话。\n" * 120), language="zh-hans", first_page=1, on=day)
    book = Book(3, "第一中学心理辅导室", "林知夏", (day, day), day, "ab" * 32)
    files = [
        Bound(7, (day, day), 4, (1, made.pages), made.pdf),
        Bound(8, (day, day), 1, (made.pages + 1, made.pages + 2), b""),
    ]
    pdf = volume_paper(book, files, language="zh-hans")
    assert pdf.startswith(b"%PDF-") and pages_of(pdf) in (0, made.pages + 2)
