"""What a record asks, on its page: danger with what each answer brings, two lines for today, and a margin to be passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from subrosa.desks.counselor.marks import key_of
from subrosa.policy.danger import NO_DANGER, Danger, DangerAnswer
from subrosa.records.duty.models import Duty
from subrosa.records.note.asked import Asked
from subrosa.records.note.models import Note
from subrosa.records.note.parts import NoteText
from subrosa.records.note.short import write_short
from subrosa.records.school.calendar import calendar
from tests.desks.hand import Hand
from tests.desks.test_counselor_record import WHOLE, editor, lin_at
from tests.records.center import FULL, Center, Visit, booked, center, noted, shared_center, visit

__all__ = ["booked", "center", "shared_center", "visit"]
ILL = "确诊抑郁症"
MONEY = "家里欠债三十万。"
NOWHERE = UUID(int=7)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.fixture
def held(booked: Visit) -> Visit:
    """A first meeting that took place, the agreement signed."""
    booked.hold()
    booked.sign()
    return booked


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in WHOLE.items() if name not in names}


def day(visit: Visit, days: int) -> str:
    return (calendar().local(visit.booking.ends_at) + timedelta(days=days)).isoformat()


def live(lin: Hand, **given: Any) -> Any:
    return lin.post("/record/beside/", **given)


@pytest.mark.clause("RISK-02", "not_yet")
def test_the_question_stands_open_and_waits_for_one_tap(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    page = lin.text(editor(held))
    assert 'name="danger"' in page and "Danger today?" in page
    assert not [one for one in page.split("<input") if 'name="danger"' in one and "checked" in one.partition(">")[0]]
    answer = lin.post(editor(held), **without("danger"))
    page = answer.content.decode()
    assert answer.status_code == 409 and "RISK-02" in page and "One tap is still missing here." in page
    assert FULL.words["problem"] in page
    assert lin.post(editor(held), **WHOLE).status_code == 302
    assert "Danger today?" in lin.text(f"/cases/{held.case_id}/")


@pytest.mark.clause("RISK-02", "passes")
def test_watch_brings_a_step_to_desk_and_file_and_one_tap_ends_it(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    watch = without("danger") | {"danger": "watch"}
    answer = lin.post(editor(held), **watch)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Please choose a day from" in page and 'id="danger-step-error"' in page
    assert lin.post(editor(held), **watch, danger_step="课间问一句", danger_day=day(held, 3)).status_code == 302
    file = lin.text(f"/cases/{held.case_id}/")
    assert "课间问一句" in file.partition("<h2>The file</h2>")[0], "the step stands above the thread"
    press = f"/cases/{held.case_id}/done/next_step/"
    assert press in file and lin.post(press).status_code == 302
    assert press not in lin.text(f"/cases/{held.case_id}/")
    assert not Duty.objects.filter(case_id=held.case_id, kind="next_step", settled_at=None).exists()
    again = lin.post(press)
    assert again.status_code == 409 and "RISK-02" in again.content.decode()


@pytest.mark.clause("RISK-02", "passes")
def test_act_says_plainly_that_nothing_is_sent_and_whom_to_call(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    page = lin.text(editor(held))
    assert 'href="tel:120"' in page and 'href="tel:110"' in page and "from this page nothing is reported" in page
    given = without("danger") | {"danger": "act"}
    answer = lin.post(editor(held), **given)
    assert answer.status_code == 409 and 'id="danger-told-error"' in answer.content.decode()
    assert lin.post(editor(held), **given, danger_told="沈老师 15:10").status_code == 302
    file = lin.text(f"/cases/{held.case_id}/")
    assert "沈老师 15:10" in file and f"/cases/{held.case_id}/done/danger_report/" in file


@pytest.mark.clause("CONF-02", "refuses")
@pytest.mark.parametrize("who", ["zhou", "fang"])
def test_nobody_else_learns_or_settles_anything(hand: Any, held: Visit, who: str) -> None:
    held.record(replace(FULL, asked=Asked(DangerAnswer(Danger.WATCH, step="x", day=day(held, 3)))))
    note = Note.objects.get(booking=held.booking)
    other = hand(getattr(held.center, who), held.booking.ends_at)
    nowhere = other.post(f"/cases/{NOWHERE}/done/next_step/")
    there = other.post(f"/cases/{held.case_id}/done/next_step/")
    assert there.status_code == nowhere.status_code == 404
    tagged = other.post(f"/cases/{held.case_id}/records/{note.pk}/whose/", phrase=ILL, whose="family")
    assert tagged.status_code == 404 and Duty.objects.filter(case_id=held.case_id, kind="next_step", settled_at=None)


@pytest.mark.clause("REC-01", "passes")
@pytest.mark.clause("REC-01", "not_yet")
def test_two_lines_today_and_the_full_record_beside_them(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    assert "Only two lines today" in lin.text(editor(held))
    typed = {"words_course": "半页字", "danger": "no", "short": "1"}
    answer = lin.post(editor(held), **typed)
    page = answer.content.decode()
    assert answer.status_code == 409 and "REC-01" in page and 'id="lines-error"' in page and "半页字" in page
    assert lin.post(editor(held), **typed, short_lines="哭了很久。\r\n约好明天。").status_code == 302
    file = lin.text(f"/cases/{held.case_id}/")
    assert "full record owed" in file and "哭了很久。<br>约好明天。" in file and "Write the record" in file
    assert "full record owed" in lin.text("/desk/")
    page = lin.text(editor(held))
    assert "半页字" in page and "哭了很久" in page and "Only two lines today" not in page
    checked = [one for one in page.split("<input") if 'name="danger"' in one and "checked" in one.partition(">")[0]]
    assert len(checked) == 1 and 'value="no"' in checked[0], "answered in the short record, to be changed here"
    assert lin.post(editor(held), **WHOLE).status_code == 302
    file = lin.text(f"/cases/{held.case_id}/")
    assert "哭了很久" in file and FULL.words["course"] in file and "full record owed" not in file


@pytest.mark.clause("COMP-03", "passes")
def test_an_illness_is_marked_stops_nothing_and_is_tagged_afterwards(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    given = WHOLE | {"words_problem": f"妈妈说医院{ILL}。"}
    assert lin.post(editor(held), **given).status_code == 302, "nothing stops the signature"
    file = lin.text(f"/cases/{held.case_id}/")
    assert f'<mark class="asserts">{ILL}</mark>' in file and "Whose words are these?" in file
    note = Note.objects.get(booking=held.booking)
    body, press = bytes(note.body), f"/cases/{held.case_id}/records/{note.pk}/whose/"
    assert press in file
    assert lin.post(press, phrase=ILL, whose="nobody").status_code == 422
    assert f'<mark class="asserts">{ILL}</mark>' in lin.text(f"/cases/{held.case_id}/")
    assert lin.post(press, phrase=ILL, whose="hospital").status_code == 302
    file = lin.text(f"/cases/{held.case_id}/")
    assert f'<mark class="tagged">{ILL}</mark>' in file and "Whose words are these?" not in file
    assert "a hospital&#x27;s words" in file and "Which hospital" in file, "place and day may come later"
    lin.at += timedelta(minutes=1)
    assert lin.post(press, phrase=ILL, whose="hospital", place="市一院", on="2026-01-09").status_code == 302
    file = lin.text(f"/cases/{held.case_id}/")
    assert "市一院" in file and "Which hospital" not in file and "Added later" not in file
    assert bytes(Note.objects.get(pk=note.pk).body) == body and len(noted("add_to_note", "done")) >= 2


@pytest.mark.clause("COMP-03", "passes")
def test_tagged_while_writing_it_is_signed_with_its_source(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    given: dict[str, Any] = WHOLE | {"words_problem": f"妈妈说医院{ILL}。", "phrase": ILL}
    assert lin.post(editor(held), **given, **{f"whose_{key_of(ILL)}": "family"}).status_code == 302
    file = lin.text(f"/cases/{held.case_id}/")
    assert f'<mark class="tagged">{ILL}</mark>' in file and "the family&#x27;s words" in file


@pytest.mark.clause("COMP-03", "passes")
@pytest.mark.clause("CONF-03", "passes")
def test_the_margin_asks_while_one_types_and_only_once(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    first = live(lin, words_problem=f"他{ILL}。{MONEY}")
    page = first.content.decode()
    assert first.status_code == 200 and page.count("hx-swap-oob") == 7, "each part, as the page shows none yet"
    assert ILL in page and "Needed for the work?" in page and MONEY in page and "Family money" in page
    seen = {
        one.partition('name="')[2].partition('"')[0]: one.partition('value="')[2].partition('"')[0]
        for one in page.split("<input")
        if 'name="seen_' in one
    }
    assert live(lin, words_problem=f"他{ILL}。{MONEY}", **seen).status_code == 204, "nothing new, nothing is swapped"
    more = live(lin, words_problem=f"他{ILL}。{MONEY}", words_course="每周去教堂。", **seen).content.decode()
    assert more.count("hx-swap-oob") == 1 and 'id="below-course"' in more and "Faith" in more


@pytest.mark.clause("CONF-03", "passes")
def test_of_abuse_nothing_is_asked(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    page = live(lin, words_problem="继父碰她，逼她。", words_course="他们发生关系两次。家里欠债。").content.decode()
    assert "Needed for the work?" not in page


@pytest.mark.clause("CONF-03", "passes")
def test_what_is_needed_is_not_asked_again_and_nothing_is_stopped(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held)
    given = WHOLE | {"words_situation": MONEY}
    draft = lin.post(f"{editor(held)}draft/", **given, needed="situation.family_money")
    assert draft.status_code in (200, 204)
    page = lin.text(editor(held))
    tick = next(one for one in page.split("<input") if 'name="needed"' in one).partition(">")[0]
    assert "checked" in tick and 'value="situation.family_money"' in tick
    assert lin.post(editor(held), **given).status_code == 302
    assert "Needed for the work?" not in lin.text(f"/cases/{held.case_id}/")


@pytest.mark.clause("REC-02", "passes")
def test_a_part_that_repeats_the_last_record_is_said(hand: Any, held: Visit) -> None:
    held.record()
    held.book(days=8)
    held.hold()
    lin = lin_at(hand, held)
    page = lin.text(editor(held))
    last = page.partition('name="last_course" value="')[2].partition('"')[0]
    assert last and FULL.words["course"] not in page
    again = live(lin, words_course=FULL.words["course"] + "\n", last_course=last).content.decode()
    assert again.count("Word for word as in the last record.") == 1
    other = live(lin, words_course=FULL.words["course"] + "又一句", last_course=last).content.decode()
    assert "Word for word" not in other
    assert lin.post(editor(held), **WHOLE).status_code == 302, "and it is signed all the same"


def test_a_brief_contact_is_asked_and_its_step_is_done_on_its_page(hand: Any, center: Center) -> None:
    lin = hand(center.lin, center.at)
    path = str(lin.post("/sitting/")["Location"])
    tomorrow = (calendar().local(center.at) + timedelta(days=1)).isoformat()
    given = {"about": "peers", "lines": "哭了。", "danger": "watch", "danger_step": "午饭后见", "danger_day": tomorrow}
    assert lin.post(f"{path}sign/", **given).status_code == 302
    page = lin.text(path)
    assert "午饭后见" in page and f"{path}done/next_step/" in page
    owed = f'href="{path}">A next step'
    assert owed in lin.text("/desk/"), "the list of what is owed leads there"
    assert hand(center.zhou, center.at).post(f"{path}done/next_step/").status_code == 404
    assert lin.post(f"{path}done/next_step/").status_code == 302
    assert owed not in lin.text("/desk/") and f"{path}done/" not in lin.text(path)


def test_the_short_record_of_a_locked_session_is_kept(hand: Any, held: Visit) -> None:
    lin = lin_at(hand, held).lock()
    answer = lin.post(editor(held), short="1", short_lines="锁着写的", danger="no")
    assert answer.status_code == 302 and "/unlock/" in answer["Location"]
    assert not Note.objects.filter(short_of=held.booking).exists()
    assert "锁着写的" in lin_at(hand, held).text(editor(held))


def test_both_records_can_be_added_to(hand: Any, held: Visit) -> None:
    text = NoteText(asked=Asked(NO_DANGER, "两行"))
    note = write_short(by=held.center.lin, at=held.booking.ends_at, case=held.case, booking=held.booking, text=text)
    lin = lin_at(hand, held)
    assert lin.post(f"/cases/{held.case_id}/records/{note.pk}/add/", addition="又想起一句").status_code == 302
    assert "又想起一句" in lin.text(f"/cases/{held.case_id}/")
