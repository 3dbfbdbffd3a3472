"""The page of the school's calendar: a year in one go, each wrong line named where it stands, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from subrosa.records.appointment.queries import free
from subrosa.records.school.calendar import calendar, entered
from subrosa.timetable.year import Entry, Kind
from tests.desks.hand import Hand
from tests.records.center import Center, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]

PATH = "/center/calendar/"
Line = tuple[str, str, str]


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def typed(lines: Sequence[Line], away: Sequence[int] = ()) -> dict[str, str]:
    """A form as a browser sends it."""
    said = {"day-TOTAL_FORMS": str(len(lines)), "day-INITIAL_FORMS": "0"}
    for n, (kind, first, last) in enumerate(lines):
        said |= {f"day-{n}-kind": kind, f"day-{n}-first": first, f"day-{n}-last": last}
    return said | {f"day-{n}-away": "on" for n in away}


def spans(at: datetime) -> tuple[date, date]:
    first = calendar().local(at) + timedelta(days=14)
    return first, first + timedelta(days=4)


def test_a_year_is_entered_in_one_press_and_stands_there(hand: Any, own_center: Center) -> None:
    lead = hand(own_center.lead, own_center.at)
    first, last = spans(own_center.at)
    lines = [("holiday", str(first), str(last)), ("worked", str(last + timedelta(days=1)), ""), ("", "", "")]
    weekend = first + timedelta(days=5 - first.weekday() + 7)
    lines[1] = ("worked", str(weekend), "")
    assert lead.post(PATH, **typed(lines)).status_code == 302
    assert entered() == [Entry(Kind.HOLIDAY, first, last), Entry(Kind.WORKED, weekend, weekend)]
    page = lead.text(PATH)
    assert f'value="{first}"' in page and f'value="{last}"' in page and page.count('class="year-line"') == 5


def test_holidays_offer_no_hour(hand: Any, own_center: Center) -> None:
    first, _ = monday, friday = spans(own_center.at)
    lin = own_center.lin.id
    before = {calendar().local(one.starts_at) for one in free([lin], own_center.at, days=30)}
    hand(own_center.lead, own_center.at).post(PATH, **typed([("holiday", str(monday), str(friday))]))
    after = {calendar().local(one.starts_at) for one in free([lin], own_center.at, days=30)}
    assert before - after == {first + timedelta(days=n) for n in range(5)} and after < before


@pytest.mark.clause("REC-01", "not_yet")
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("holiday", "{last}", "{first}")], "The last day lies before the first."),
        (
            [("term", "{first}", "{last}"), ("term", "{last}", "{last}")],
            "This shares a day with another line of its kind",
        ),
        ([("holiday", "{first}", "2099-01-01")], "That is longer than such a span can be."),
        ([("worked", "{first}", "")], "Only a Saturday or Sunday is entered as worked"),
        ([("holiday", "next week", "")], "Please give the day as year, month and day."),
        ([("", "{first}", "")], "Please say what these days are."),
        ([("quiet", "", "{last}")], "Please give the first day."),
    ],
)
def test_a_wrong_line_is_named_where_it_stands_and_everything_typed_comes_back(
    lines: list[Line], words: str, hand: Any, own_center: Center
) -> None:
    first, last = spans(own_center.at)
    lead = hand(own_center.lead, own_center.at)
    lead.post(PATH, **typed([("quiet", str(first), str(last))]))
    filled = [(kind, *(day.format(first=first, last=last) for day in days)) for kind, *days in lines]
    answer = lead.post(PATH, **typed([*filled, ("quiet", "2026-06-22", "2026-07-03")]))
    page = answer.content.decode()
    assert answer.status_code in (409, 422) and words in page
    wrong = page[page.index('class="year-line wrong"') :]
    assert words in wrong[: wrong.index("</fieldset>")], "the fault stands in its line"
    assert all(f'value="{day}"' in page for _, *days in filled for day in days if day)
    assert 'value="2026-06-22"' in page
    assert entered() == [Entry(Kind.QUIET, first, last)], "nothing was changed"


def test_a_line_that_is_ticked_is_taken_out(hand: Any, own_center: Center) -> None:
    first, last = spans(own_center.at)
    lead = hand(own_center.lead, own_center.at)
    lines = [("holiday", str(first), str(last)), ("quiet", str(first), str(last))]
    lead.post(PATH, **typed(lines))
    assert lead.post(PATH, **typed(lines, away=[0])).status_code == 302
    assert entered() == [Entry(Kind.QUIET, first, last)]


def test_a_ticked_line_with_nonsense_in_it_is_no_fault(hand: Any, own_center: Center) -> None:
    lead = hand(own_center.lead, own_center.at)
    assert lead.post(PATH, **typed([("holiday", "nonsense", "")], away=[0])).status_code == 302
    assert entered() == []


def test_meetings_on_days_that_are_no_school_days_any_more_are_named(hand: Any, own_center: Center) -> None:
    visit = own_center.visit()
    booking = visit.book(days=3)
    day = calendar().local(booking.starts_at)
    lead = hand(own_center.lead, own_center.at)
    assert "no school day" not in lead.text(PATH)
    lead.post(PATH, **typed([("holiday", str(day), "")]))
    assert "1 booked meeting lies on a day that is no school day" in lead.text(PATH)


def test_only_the_lead_opens_it(hand: Any, center: Center) -> None:
    for who in (center.lin, center.staff["qian"], center.staff["sun"]):
        assert hand(who, center.at).get(PATH).status_code == 403


def test_too_many_lines_are_not_taken(hand: Any, own_center: Center) -> None:
    lead = hand(own_center.lead, own_center.at)
    answer = lead.post(PATH, **typed([("holiday", "2026-05-01", "")] * 100))
    assert answer.status_code in (409, 422) and entered() == []
