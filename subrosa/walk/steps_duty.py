"""The school's calendar, and what is late: it climbs to the lead once, and three late records pause new clients only."""

from __future__ import annotations

from datetime import date
from typing import Any

from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import sitting
from subrosa.records.duty import queries
from subrosa.records.duty.actions import climb, set_calendar
from subrosa.records.duty.late import late_from
from subrosa.records.person import clients
from subrosa.records.school.calendar import calendar
from subrosa.records.standing.queries import offered_to_new_clients
from subrosa.timetable.year import Entry, Kind

from .steps_booking import first_offer
from .walk import NOT_YET, REFUSED, Walk

YEAR = (
    Entry(Kind.TERM, date(2026, 9, 1), date(2027, 1, 29)),
    Entry(Kind.HOLIDAY, date(2026, 10, 1), date(2026, 10, 7)),
    Entry(Kind.WORKED, date(2026, 10, 10), date(2026, 10, 10)),
    Entry(Kind.QUIET, date(2027, 1, 18), date(2027, 1, 29)),
)
REVERSED = Entry(Kind.HOLIDAY, date(2026, 10, 7), date(2026, 10, 1))


def the_year_is_entered(walk: Walk) -> None:
    """The lead enters terms, holidays with the Saturday worked for them, and the examination weeks, in one press."""
    walk.press("a counselor enters a quiet week", set_calendar, by="lin", must=REFUSED, under=("REC-01",), entries=YEAR)
    walk.press(
        "a holiday that ends before it begins, and another one in the same week",
        set_calendar,
        by="shen",
        must=NOT_YET,
        under=("REC-01",),
        missing=("calendar_reversed", "calendar_overlap"),
        entries=[REVERSED, *YEAR[1:], YEAR[1]],
    )
    walk.press("the lead enters the year", set_calendar, by="shen", under=("REC-01", "ETH-01"), entries=YEAR)
    day = date(2026, 10, 1)
    free = not calendar().is_school_day(day) and calendar().is_school_day(date(2026, 10, 10))
    walk.look("a holiday is none of the school days, the Saturday is one", by="shen", sees=free, under=("REC-01",))


def _late_record(walk: Walk, who: str) -> Any:
    """A first meeting without a booking, of which nobody writes the record."""
    sat = walk.press(f"{who} sits down with lin", sitting.sit_down, by="lin", under=("APPT-01",))
    return walk.press(
        f"{who} was there first, and nobody writes it",
        sitting.hold,
        by="lin",
        under=("CON-01",),
        sitting=sat,
        promise_said=True,
    )


def three_records_are_late(walk: Walk) -> None:
    """Before noon of the next school day nothing climbs; then it does, once, and nobody new is offered lin."""
    walk.things["late"] = held = [_late_record(walk, who) for who in ("somebody", "somebody else", "a third")]
    about = {f"appointment.Booking:{one.pk}" for one in held}
    rows = [one for one in queries.open_rows("record") if one.about in about]
    early: dict[str, Any] = {"by": "clock", "must": REFUSED, "under": ("REC-01",)}
    walk.press("the clock is early", climb, duty=rows[0], **early)
    walk.wait_until(max(late_from(one) for one in rows))
    for number, row in enumerate(rows, 1):
        walk.press(f"late record {number} climbs to the lead", climb, by="clock", under=("REC-01",), duty=row)
    walk.press("the same record a second time", climb, duty=rows[0], **early)
    above = {one.about for one in queries.climbed()}
    walk.look("the lead sees them", by="shen", sees=about <= above, under=("REC-01",))
    offered = walk.id("lin") in {one.id for one in offered_to_new_clients(walk.at)}
    walk.look("nobody new is offered lin", by="shen", sees=not offered, under=("REC-01",))


def nobody_new_is_booked_and_whoever_is_known_goes_on(walk: Walk) -> None:
    """Three late records stop no student who is a client already."""
    new = walk.press(
        "a new student at the desk",
        clients.open_client,
        by="he",
        under=("CONF-05",),
        identity=clients.Identity("新同学"),
    )
    late: dict[str, Any] = {"must": REFUSED, "under": ("REC-01",), "missing": ("late_records",)}
    walk.press(
        "the desk books lin for somebody new", appointment.book, by="he", client=new, **late, **first_offer(walk)
    )
    signs: dict[str, Any] = {"must": NOT_YET, "under": ("CON-01",), "missing": ("agreement_signature",)}
    known = walk.things["late"][0].client
    walk.press(
        "for somebody known only the signature is asked",
        appointment.book,
        by="lin",
        client=known,
        **signs,
        **first_offer(walk),
    )


CALENDAR = (the_year_is_entered,)
LATE = (three_records_are_late, nobody_new_is_booked_and_whoever_is_known_goes_on)
