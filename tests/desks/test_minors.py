"""The quiet line beside a file, the tap that settles the talk, the second word, and the day of birth in the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from subrosa.records.consent.models import GuardianTalk, SecondWord
from subrosa.records.person.clients import identities
from subrosa.records.roster.letter import Consent
from subrosa.records.vault.opener import opener_of
from tests.desks.hand import Hand
from tests.records.appointment.test_minors import FIFTEEN, NINETEEN, THIRTEEN, meetings, owed, student
from tests.records.center import Center, Visit, center, own_center, shared_center, visit

__all__ = ["center", "own_center", "shared_center", "visit"]

TALK = "Talked about involving the guardian: one tap"
SECOND = "Note a second professional"


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.mark.parametrize(
    ("age", "letter", "line", "talk", "second"),
    [
        (THIRTEEN, Consent.YES, "Under 14; the family agreed", False, False),
        (THIRTEEN, Consent.NONE, "Under 14; the family&#x27;s letter has no answer", True, False),
        (THIRTEEN, Consent.NO, "Under 14; the family said no", True, True),
        (FIFTEEN, Consent.NONE, "From 14 on the own wish and the own signature are enough", False, False),
        (FIFTEEN, Consent.NO, "From 14 on, with a no", True, False),
        (NINETEEN, Consent.NO, "Of age: nobody else is asked.", False, False),
        (None, Consent.NO, "The day of birth is not in the form.", False, False),
    ],
)
def test_the_file_says_which_row_holds(
    hand: Any, center: Center, age: int | None, letter: Consent, line: str, talk: bool, second: bool
) -> None:
    visit = student(center, age, letter)
    visit.book()
    lin, address = hand(center.lin, center.at), f"/cases/{visit.case_id}/"
    before = lin.text(address)
    assert line in before and TALK not in before and SECOND not in before  # one line, and nothing to press yet
    visit.hold()
    page = lin.text(address)
    assert line in page and (TALK in page, SECOND in page) == (talk, second)
    assert "guardian" not in hand(visit.account, center.at).text("/mine/").lower()


@pytest.mark.clause("CON-01", "passes")
def test_one_tap_settles_the_talk_and_the_page_says_what_came_of_it(hand: Any, center: Center) -> None:
    visit = student(center, THIRTEEN)
    meetings(visit, 2)
    lin, address = hand(center.lin, center.later), f"/cases/{visit.case_id}/"
    assert "Talk about involving the guardian" in lin.text("/desk/") or owed(visit) == {"guardian_talk"}
    wrong = lin.post(f"{address}guardian/", guardian_came="他妈妈不同意")
    assert wrong.status_code == 409 and GuardianTalk.objects.filter(case=visit.case).count() == 0
    done = lin.post(f"{address}guardian/", guardian_came="alone")
    assert done["Location"] == f"{address}#minors" and owed(visit) == set()
    page = lin.text(address)
    assert "The student tells them" in page and TALK not in page
    log = hand(visit.account, center.later).text("/mine/file/")
    assert "noted that you talked over how to go on" in log and "guardian" not in log.lower()


@pytest.mark.clause("CON-01", "not_yet")
def test_a_second_word_is_noted_and_a_wrong_one_comes_back_filled(hand: Any, center: Center) -> None:
    visit = student(center, THIRTEEN, Consent.NO)
    meetings(visit, 2)
    lin, address = hand(center.lin, center.later), f"/cases/{visit.case_id}/second-word/"
    ahead = {"second_why": "second", "second_who": "许督导", "second_when": "2099-01-01T08:00"}
    asked = lin.post(address, **ahead)
    page = asked.content.decode()
    assert asked.status_code == 409 and "when, not later than now" in page
    assert 'value="许督导"' in page and 'value="2099-01-01T08:00"' in page  # nothing typed is lost
    assert "Please give day and time." in lin.post(address, **{**ahead, "second_when": "soon"}).content.decode()
    assert "up to 60 characters" in lin.post(address, **{**ahead, "second_who": "名" * 61}).content.decode()
    assert SecondWord.objects.filter(case=visit.case).count() == 0
    before = center.at.strftime("%Y-%m-%dT%H:%M")
    assert lin.post(address, **{**ahead, "second_when": before}).status_code == 302
    page = lin.text(f"/cases/{visit.case_id}/")
    assert "许督导" in page and SECOND not in page


@pytest.mark.clause("CON-01", "not_yet")
def test_the_desk_is_told_no_more_than_that_the_counselor_notes_something(hand: Any, center: Center) -> None:
    visit = student(center, THIRTEEN, Consent.NO)
    meetings(visit, 2)
    slot = visit.slot(9)
    picked = f"{slot['opening'].pk}@{int(slot['starts_at'].timestamp())}"
    for who in (center.rui, center.lin):
        answer = hand(who, center.later).post(f"/reception/client/{visit.client.pk}/book/", slot=picked)
        page = answer.content.decode()
        assert answer.status_code == 409 and "waits for something that the counselor notes first" in page
        assert not {
            word
            for word in ("family", "letter", "Under 14", "second professional")
            if word in page.partition("<main")[2]
        }


def test_a_record_takes_the_talk_along(hand: Any, center: Center) -> None:
    visit = student(center, THIRTEEN)
    meetings(visit, 2)
    lin, address = hand(center.lin, center.later), f"/cases/{visit.case_id}/record/{visit.booking.pk}/"
    page = lin.text(address)
    assert "what came of it" in page and 'name="guardian_came"' in page and TALK not in page
    parts = {f"words_{part}": "写了" for part in ("situation", "problem", "course", "advice", "effect", "other")}
    assert lin.post(address, guardian_came="later", danger="no", **parts).status_code == 302
    assert owed(visit) == set() and GuardianTalk.objects.filter(case=visit.case).count() == 1


def test_a_birthday_since_the_last_meeting_stands_on_the_next_page(hand: Any, center: Center) -> None:
    soon = center.at.date().replace(year=center.at.year - 14)  # fourteen today
    visit = student(center, soon, Consent.NO)
    visit.book(days=1)
    visit.hold()
    lin, address = hand(center.lin, center.later), f"/cases/{visit.case_id}/"
    assert "since the last meeting" not in lin.text(address)  # the birthday was before it
    later = student(center, center.at.date().replace(year=center.at.year - 14, day=center.at.day) + timedelta(days=3))
    later.book(days=2)
    later.hold()
    page = lin.text(f"/cases/{later.case_id}/")
    assert "Turned 14 since the last meeting" in page and "From 14 on the own wish" in page


@pytest.mark.clause("CON-01", "passes")
def test_the_desk_does_the_looks_that_nobody_needs_to_do(hand: Any, center: Center) -> None:
    fine, waits = student(center, FIFTEEN), student(center, THIRTEEN, Consent.NO)
    for who, days in ((fine, (1, 2)), (waits, (3, 4))):
        for day in days:
            who.book(center.lin, days=day)
            who.hold()
            if day == days[0]:
                who.sign()
    fine.book(fine.me, days=9)
    waits.book(waits.me, days=10)
    assert "guardian_look" in owed(fine) & owed(waits)
    hand(center.lin, center.later).lock().get("/desk/")
    assert "guardian_look" in owed(fine), "a locked desk looks at nothing"
    hand(center.lin, center.later).text("/desk/")
    assert "guardian_look" not in owed(fine) and "guardian_look" in owed(waits)


def test_the_form_asks_for_the_day_of_birth_of_who_is_not_on_the_list(hand: Any, center: Center) -> None:
    guest, listed = center.visit("新同学"), student(center, THIRTEEN)
    lin = hand(center.lin, center.at)
    given = {"name": "新同学", "class_name": "初一1班", "reach": "comes_by"}
    assert 'name="born"' in lin.text(f"/register/{guest.client.pk}/")
    assert lin.post(f"/register/{guest.client.pk}/", **given, born="2013-02-29").status_code == 422
    assert lin.post(f"/register/{guest.client.pk}/", **given, born="2013-03-01").status_code == 302
    assert _identity(center, guest).born == "2013-03-01"
    assert 'value="2013-03-01"' in lin.text(f"/register/{guest.client.pk}/")
    assert lin.post(f"/register/{guest.client.pk}/", **given, of_age="on").status_code == 302
    assert _identity(center, guest).of_age and not _identity(center, guest).born
    assert 'name="born"' not in lin.text(f"/register/{listed.client.pk}/")  # the list says it
    before = _identity(center, listed).born
    assert lin.post(f"/register/{listed.client.pk}/", **given).status_code == 302
    assert _identity(center, listed).born == before != ""


def _identity(center: Center, visit: Visit) -> Any:
    return identities(opener_of(center.lin), [visit.client.pk])[visit.client.pk]
