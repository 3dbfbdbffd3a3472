"""A meeting of an earlier day of which nobody said whether it took place: the desk asks, since no record is owed before."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from subrosa.policy.actor import CLOCK
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import actions, moving, unsaid
from subrosa.records.appointment.states import State
from subrosa.records.duty.late import late_from
from subrosa.records.duty.models import Duty
from tests.desks.hand import Hand
from tests.ground import statements
from tests.records.center import Center, own_center

__all__ = ["own_center"]
HEADING = "Earlier days: did they come?"
DAY = timedelta(days=1)


def asked(page: str) -> list[str]:
    """The days and hours under the heading, as they stand there."""
    if HEADING not in page:
        return []
    part = page.split(HEADING)[1].split("</ol>")[0]
    return [re.sub("<[^>]+>", "", one) for one in re.findall(r"<time [^>]*>(.+?)</time>", part)]


def ask(center: Center, at: datetime) -> list[Any]:
    """What a round of the clock does."""
    return [unsaid.ask_what_came(by=CLOCK, at=at, booking=one) for one in unsaid.to_ask(at)]


def owed(center: Center) -> list[Duty]:
    return list(Duty.objects.filter(kind=unsaid.DUTY, settled_at=None, owner_id=center.lin.id))


@pytest.mark.clause("REC-01", "passes")
@pytest.mark.parametrize("answer", ["held", "no_show", "cancelled", "moved"])
def test_the_clock_asks_once_when_the_day_is_over(own_center: Center, answer: str) -> None:
    visit = own_center.visit()
    booking = visit.book()
    assert ask(own_center, booking.ends_at + timedelta(hours=10)) == []
    night = booking.ends_at + timedelta(hours=12)
    assert [one.pk for one in ask(own_center, night)] == [booking.pk] and ask(own_center, night) == []
    (duty,) = owed(own_center)
    assert late_from(duty) == own_center.at.replace(hour=4, minute=0) + timedelta(days=2), "noon of the next school day"
    given: dict[str, Any] = {"by": own_center.lin, "at": night, "booking": visit.booking}
    if answer == "moved":
        moving.move(**given, **own_center.slot(days=8))
    else:
        press = {"held": actions.hold, "no_show": actions.note_no_show, "cancelled": actions.cancel}[answer]
        press(**given, **({"promise_said": True} if answer == "held" else {}))
    assert owed(own_center) == [] and ask(own_center, night) == []


@pytest.mark.clause("REC-01", "refuses")
def test_the_clock_asks_nobody_early_twice_or_about_what_was_said(own_center: Center) -> None:
    visit = own_center.visit()
    booking = visit.book()
    night = booking.ends_at + timedelta(hours=12)
    for at in (booking.ends_at, night):
        if at == night:
            ask(own_center, night)
        with pytest.raises(Refused) as refused:
            unsaid.ask_what_came(by=CLOCK, at=at, booking=visit.booking)
        assert refused.value.ruling.clauses == ("REC-01",)
    actions.note_no_show(by=own_center.lin, at=night, booking=visit.booking)
    with pytest.raises(Refused):
        unsaid.ask_what_came(by=CLOCK, at=night, booking=visit.booking)
    assert owed(own_center) == []


@pytest.mark.clause("APPT-01", "passes")
def test_the_desk_asks_until_it_is_said(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    visits = [own_center.visit(name) for name in ("李小雨", "王一诺", "陈思远")]
    for day, one in enumerate(visits, 1):
        one.book(days=day)
    tuesday, wednesday, _ = (one.booking for one in visits)
    evening = Hand(monkeypatch, own_center.lin, tuesday.ends_at + timedelta(hours=10))
    assert asked(evening.text("/desk/")) == [], "until the day is over it stands among the day's meetings"
    next_day = Hand(monkeypatch, own_center.lin, tuesday.ends_at + timedelta(hours=12))
    page = next_day.text("/desk/")
    assert asked(page) == ["Mar 3 12:20"] and "李小雨" in page
    ask(own_center, next_day.at)
    words = "Say whether somebody came"
    assert next_day.text("/desk/").count(words) == 1, (
        "beside the case; among what is owed its two presses stand already"
    )
    assert words in next_day.text("/desk/owed/")
    late = Hand(monkeypatch, own_center.lin, wednesday.starts_at + DAY)
    assert asked(late.text("/desk/")) == ["Mar 3 12:20", "Mar 4 12:20"], "oldest first; today's is among today's"
    assert asked(Hand(monkeypatch, own_center.zhou, late.at).text("/desk/")) == []

    first, second = (f"/cases/{one.case_id}/meetings/{one.booking.pk}" for one in visits[:2])
    assert f'action="{first}/held/"' in page and f'formaction="{first}/no-show/"' in page
    answer = late.post(f"{first}/held/", promise="1", day="1")
    assert answer.status_code == 302 and answer["Location"].endswith(f"/record/{tuesday.pk}/")
    assert visits[0].booking.state == State.HELD and asked(late.text("/desk/")) == ["Mar 4 12:20"]
    assert late.post(f"{second}/no-show/", day="1")["Location"] == "/desk/"
    assert visits[1].booking.state == State.NO_SHOW and asked(late.text("/desk/")) == []


def test_many_ask_as_many_statements_as_one(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for number in range(3):
        own_center.visit(f"学生{number}").book(days=number + 1)
        hand = Hand(monkeypatch, own_center.lin, own_center.at + timedelta(days=6))
        hand.text("/desk/")
        with statements() as said:
            assert len(asked(hand.text("/desk/"))) == number + 1
        counts.append(len(said))
    assert counts[0] == counts[2], counts


def test_a_locked_desk_asks_without_a_name(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    own_center.visit("李小雨").book()
    page = Hand(monkeypatch, own_center.lin, own_center.at + 6 * DAY).lock().text("/desk/")
    assert asked(page) == ["Mar 3 12:20"] and "李小雨" not in page
