"""The school's list from the desk: a preview that names every bad row, a file to mend, files that are none, and the letter."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from subrosa.desks.lead import roster_words
from subrosa.records.roster import actions, queries
from subrosa.records.roster.letter import Consent
from subrosa.records.roster.sheet import Card, Why, headings, read
from subrosa.records.roster.sheet.errors import SheetError
from tests.desks.hand import Hand
from tests.records.center import Center, own_center
from tests.records.roster import files
from tests.records.roster.files import saved

__all__ = ["own_center"]
PAGE = "/center/roster/"
LETTERS = f"{PAGE}letters/"
ROWS = (
    ("学号", "姓名", "班级", "出生日期"),
    ("1001", "甲<b>", "高一1班", "2010-3-4"),
    (1002, "乙", "高一2班", None),
    (None, "丙", "", "2010-02-30"),
    ("1001", "=HYPERLINK(A1)", "", ""),
    ("1004", None, "", ""),
)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def look(hand: Hand, data: bytes, name: str = "roster.xlsx") -> tuple[int, str]:
    answer = hand.post(PAGE, file=SimpleUploadedFile(name, data))
    return answer.status_code, answer.content.decode()


def token(page: str, name: str = "rows") -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.fixture(params=["lead", "sun"])
def hand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, own_center: Center) -> Hand:
    return Hand(monkeypatch, getattr(own_center, request.param), own_center.at)


def test_what_is_good_is_counted_and_what_is_bad_is_named(hand: Hand) -> None:
    status, page = look(hand, workbook(*ROWS))
    assert status == 200 and queries.size() == 0
    whys = (
        "The student number is missing. There is no such day: 2010-02-30.",
        "stands in line 2 already",
        "The name is missing",
        'dir="auto">丙</td>',
        'dir="auto">–</td>',
    )
    assert all(text in page for text in (*whys, "甲&lt;b&gt;", "2010-03-04"))
    assert "Import 2 students" in page and "may take some seconds" in page
    answer = hand.post(f"{PAGE}confirm/", rows=token(page))
    assert answer.status_code == 302 and "2 students of this file are in the list now" in hand.text(answer["Location"])
    assert queries.size() == 2
    _, page = look(hand, workbook(ROWS[0], ("1001", "甲", "高一9班"), ("1005", "戊", "")))
    assert re.search(r"new</dt><dd>1<.*updated</dt><dd>1<", page, re.S)
    hand.post(f"{PAGE}confirm/", rows=token(page))
    assert queries.size() == 3 and queries.search("高一9班")[0].card.name == "甲"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_bad_rows_come_back_as_a_file_to_mend(
    monkeypatch: pytest.MonkeyPatch, own_center: Center, language: str
) -> None:
    hand = Hand(monkeypatch, own_center.lead, own_center.at, language)
    _, page = look(hand, workbook(*ROWS))
    answer = hand.post(f"{PAGE}mend/", bad=token(page, "bad"))
    assert (
        answer["Content-Disposition"] == 'attachment; filename="to-mend.xlsx"' and answer["Cache-Control"] == "no-store"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    seen = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert seen[0][:4] == list(ROWS[0]) and headings.is_our_own(str(seen[0][4])) and len(seen) == 4
    assert [row[:2] for row in seen[1:]] == [[None, "丙"], ["1001", "'=HYPERLINK(A1)"], ["1004", None]]
    assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)
    assert ("missing" in seen[1][4]) == (language == "en") and "2010-02-30" in seen[1][4]
    sheet["A2"], sheet["D2"], sheet["A3"], sheet["B4"] = "1003", "2010年2月28日", "1009", "丁"
    status, page = look(hand, saved(sheet.parent))
    assert status == 200 and 'name="bad"' not in page
    hand.post(f"{PAGE}confirm/", rows=token(page))
    assert {one.card.name for one in queries.first_students(9)} == {"丙", "=HYPERLINK(A1)", "丁"}


def test_the_rows_to_mend_are_offered_after_the_import_too_and_stored_nowhere(hand: Hand) -> None:
    _, page = look(hand, workbook(*ROWS))
    answer = hand.post(f"{PAGE}confirm/", rows=token(page), bad=token(page, "bad"))
    page = answer.content.decode()
    assert answer.status_code == 200 and queries.size() == 2
    assert "2 students of this file are in the list now" in page and "3 rows wait to be mended" in page
    file = hand.post(f"{PAGE}mend/", bad=token(page, "bad")).content
    assert [one.line for one in read(file).bad] == [2, 4] and len(read(file).cards) == 1  # 1001 stands there once
    assert queries.size() == 2
    hand.lock()
    locked = hand.post(f"{PAGE}mend/", bad=token(page, "bad"))
    assert locked.status_code == 302 and "/unlock/" in locked["Location"]


def test_the_preview_ends_and_belongs_to_one_person(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, own_center: Center
) -> None:
    _, page = look(hand, workbook(*ROWS))
    rows, bad = token(page), token(page, "bad")
    changed = rows[:-5] + ("AAAA=" if not rows.endswith("AAAA=") else "BBBB=")
    somebody = own_center.sun if hand.session.holder == own_center.lead.id else own_center.lead
    other = Hand(monkeypatch, somebody, own_center.at)
    assert other.post(f"{PAGE}confirm/", rows=rows).status_code == 422
    assert other.post(f"{PAGE}mend/", bad=bad).status_code == 422
    for wrong in (changed, bad, "", "no token"):
        assert hand.post(f"{PAGE}confirm/", rows=wrong).status_code == 422
    assert hand.post(f"{PAGE}mend/", bad=rows).status_code == 422
    hand.at += timedelta(minutes=10)
    hand.text(PAGE)  # somebody is there, so the session stays open
    hand.at += timedelta(minutes=10)
    hand.text(PAGE)
    hand.at += timedelta(minutes=11)
    answer = hand.post(f"{PAGE}confirm/", rows=rows)
    assert answer.status_code == 422 and "too old" in answer.content.decode() and queries.size() == 0
    assert hand.post(f"{PAGE}mend/", bad=bad).status_code == 422


def too_many() -> bytes:
    return b"number,name\n" + b"".join(b"%d,a\n" % n for n in range(101))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "This is a PDF"),
        (files.ole("Workbook"), "old .xls format"),
        (files.ole("EncryptedPackage"), "take the password off"),
        (files.other_archive("word/document.xml"), "not a table"),
        (b"", "This file is empty"),
        (b'number,name\n1,a\n2,"b\n3,c\n', "From line 3 on, a quotation mark"),
        (b"number,name\n", "headings and no student"),
        (files.laughs(), "damaged"),
        (lambda: files.bomb(65 * 1024 * 1024), "larger than any school"),
        (workbook(("a", "b"), ("c", "d")), "No row with the headings"),
        (too_many, "more than 50,000 rows"),
    ],
    ids=["pdf", "xls", "locked", "docx", "empty", "quote", "no student", "entities", "bomb", "headings", "rows"],
)
def test_a_file_that_is_no_list_is_answered_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, own_center: Center, data: Any, sentence: str
) -> None:
    monkeypatch.setattr("subrosa.records.roster.sheet.text.MOST_ROWS", 100)
    status, page = look(Hand(monkeypatch, own_center.lead, own_center.at), data() if callable(data) else data)
    assert status == 422 and sentence in page and 'name="file"' in page


def test_every_reason_has_its_sentence() -> None:
    assert set(roster_words.FILES) == set(Why)
    assert all("%(" not in roster_words.why_not(SheetError(why, 7)) for why in Why)
    assert all("%(" not in roster_words.what_to_mend([(why, "x")]) for why in roster_words.ROWS)


def test_a_file_that_is_too_large_never_arrives(monkeypatch: pytest.MonkeyPatch, own_center: Center) -> None:
    status, page = look(Hand(monkeypatch, own_center.lead, own_center.at), b"x" * (5 * 1024 * 1024))
    assert status == 422 and "at most 4 MB" in page


def test_other_sheets_and_sums_are_said(hand: Hand) -> None:
    book = openpyxl.Workbook()
    for row in (("学号", "姓名"), ("1", "甲"), ("合计", "1人")):
        book.active.append(row)
    book.active.title = "高一"
    book.create_sheet("高二")
    _, page = look(hand, saved(book))
    assert "Only the sheet “高一” was read. This workbook has others too: 高二." in page and "1 line with a sum" in page


def names_held() -> dict[str, str]:
    return {one.card.number: one.card.name for one in queries.first_students(9)}


def test_a_number_of_somebody_else_is_replaced_by_its_own_tick_alone(hand: Hand) -> None:
    head = ("学号", "姓名", "班级")
    first = workbook(head, ("g1", "Anna Li", "1班"), ("2", "何平", "1班"), ("3", "王小明", ""), ("4", "吴用", ""))
    hand.post(f"{PAGE}confirm/", rows=token(look(hand, first)[1]))
    again = workbook(
        head, ("g1", "anna  LI", "2班"), ("2", "姚佳", "1班"), ("3", "王晓明", ""), ("4", "郑重", ""), ("5", "丁", "")
    )
    _, page = look(hand, again)
    assert "2 student numbers belong to somebody else in the list" in page and "Anna Li is now" not in page
    assert re.search(r'form="confirm" name="replace" value="2"> 何平 is now 姚佳', page) and "checked" not in page
    assert "1 student number stands in the list with its name spelled otherwise" in page
    assert re.search(r">3</td><td[^>]*>王小明</td><td[^>]*>王晓明</td>", page)
    answer = hand.post(f"{PAGE}confirm/", rows=token(page), replace="4")
    assert "4 students of this file are in the list now. 1 number without a tick stays" in hand.text(answer["Location"])
    assert names_held() == {"g1": "anna LI", "2": "何平", "3": "王晓明", "4": "郑重", "5": "丁"}
    _, page = look(hand, workbook(head, ("g1", "Anna Li", "2班")))
    assert "spelled otherwise" not in page and "belong to somebody else" not in page


@pytest.mark.clause("CONF-05", "refuses")
def test_a_list_that_names_cases_is_refused(hand: Hand) -> None:
    _, page = look(hand, workbook(("学号", "姓名", "个案编号"), ("1001", "甲", "7")))
    answer = hand.post(f"{PAGE}confirm/", rows=token(page))
    assert answer.status_code == 403 and "CONF-05" in answer.content.decode() and queries.size() == 0


PAGES = (PAGE, LETTERS, f"{LETTERS}class/?{urlencode({'grade': '', 'class': '1班'})}", f"{PAGE}letter/")


@pytest.mark.parametrize("who", ["lin", "qian"])
@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_lead_and_steward(
    monkeypatch: pytest.MonkeyPatch, own_center: Center, who: str, page: str
) -> None:
    assert Hand(monkeypatch, getattr(own_center, who), own_center.at).get(page).status_code == 403


@pytest.fixture
def pupils(own_center: Center) -> dict[str, Any]:
    """Number -> id, of two classes."""
    cards = [Card("1", "甲", class_name="1班"), Card("2", "乙", class_name="1班"), Card("3", "丙", class_name="2班")]
    actions.import_roster(by=own_center.lead, at=own_center.at, cards=cards)
    return {one.card.number: one.id for one in queries.first_students(9)}


def consent(key: Any) -> tuple[Any, ...]:
    found = queries.letter_of(key)
    assert found is not None
    return found.consent, found.no_screening, found.talk_wanted


def form(page: str) -> dict[str, str]:
    """The page's form as a browser would send it."""
    found = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'type="radio" name="([^"]+)" value="([^"]*)" checked', page))
    return found | dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)" checked', page), "on")


@pytest.mark.clause("CON-01", "passes")
def test_answers_are_ticked_class_by_class(hand: Hand, pupils: dict[str, Any]) -> None:
    assert re.search(r"letters back</dt><dd>0<", hand.text(LETTERS))
    one = PAGES[2]
    given = form(hand.text(one))
    assert given[f"consent-{pupils['1']}"] == "" and f"consent-{pupils['3']}" not in given
    given |= {f"consent-{pupils['1']}": "yes", f"consent-{pupils['2']}": "no", f"talk-{pupils['2']}": "on"}
    answer = hand.post(one, **given)
    assert answer.status_code == 302 and "2 answers were noted" in hand.text(answer["Location"])
    assert consent(pupils["1"]) == (Consent.YES, False, False) and consent(pupils["2"]) == (Consent.NO, False, True)
    assert form(hand.text(one))[f"talk-{pupils['2']}"] == "on"
    answer = hand.post(one, onward="1", **(form(hand.text(one)) | {f"consent-{pupils['1']}": ""}))
    assert urlencode({"class": "2班"}) in answer["Location"] and consent(pupils["1"])[0] is Consent.NONE
    last = hand.text(answer["Location"])
    assert "丙" in last and "on to the next class" not in last
    assert re.search(r"letters back</dt><dd>1<", hand.text(LETTERS))


def test_two_who_tick_one_class_do_not_undo_each_other(hand: Hand, own_center: Center, pupils: dict[str, Any]) -> None:
    mine = theirs = form(hand.text(PAGES[2]))
    hand.post(PAGES[2], **(theirs | {f"consent-{pupils['2']}": "yes"}))
    hand.post(PAGES[2], **(mine | {f"consent-{pupils['1']}": "no", "once": ""}))
    assert (consent(pupils["1"])[0], consent(pupils["2"])[0]) == (Consent.NO, Consent.YES)


def test_what_was_ticked_is_there_after_a_refusal(
    hand: Hand, pupils: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from subrosa.policy.acts import Act
    from subrosa.policy.ruling import Outcome, Reason, Refused, Ruling

    def no(**_: Any) -> None:
        reason = Reason("CON-01", "this_is_not_for_you", Outcome.REFUSED)
        raise Refused(Ruling(Act.RECORD_LETTERS, Outcome.REFUSED, ("CON-01",), (reason,)))

    given = form(hand.text(PAGES[2])) | {f"consent-{pupils['1']}": "yes", f"screening-{pupils['1']}": "on"}
    monkeypatch.setattr(actions, "record_letters", no)
    answer = hand.post(PAGES[2], **given)
    again = form(answer.content.decode())
    assert answer.status_code == 403 and "CON-01" in answer.content.decode()
    assert again[f"consent-{pupils['1']}"] == "yes" and again[f"screening-{pupils['1']}"] == "on"
    assert again[f"was-{pupils['1']}"] == given[f"was-{pupils['1']}"]


def test_a_list_without_classes_comes_in_pages(hand: Hand, own_center: Center) -> None:
    cards = [Card(f"{n:04}", "甲") for n in range(250)]
    actions.import_roster(by=own_center.lead, at=own_center.at, cards=cards)
    whole = f"{LETTERS}class/?{urlencode({'grade': '', 'class': ''})}"
    page = re.sub(r"<[^>]*>", " ", hand.text(whole))  # the ids in its tags may hold any four digits
    assert "Without a class" in hand.text(LETTERS) and "0119" in page and "0120" not in page
    last = f"{whole}&page=3"
    given = form(hand.text(last))
    key = next(name for name in given if name.startswith("consent-"))
    answer = hand.post(last, **(given | {key: "yes"}))
    assert "page=3" in answer["Location"] and queries.classes()[0].yes == 1


def test_a_class_that_is_not_there(hand: Hand) -> None:
    assert hand.get(f"{LETTERS}class/").status_code == 404
    assert "has not been brought in yet" in hand.text(LETTERS)


@pytest.mark.clause("CON-01", "passes")
def test_the_letter_stands_in_both_languages_whatever_the_reader_reads(hand: Hand) -> None:
    page = hand.text(f"{PAGE}letter/")
    for lang, text in (("zh-hans", "同意"), ("en", "The guardian has to agree".lower())):
        leaf = re.search(rf'<article[^>]*lang="{lang}">(.*?)</article>', page, re.S)
        assert leaf and text in leaf[1].lower(), lang
