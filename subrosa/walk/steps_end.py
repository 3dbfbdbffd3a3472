"""Meetings that go on, the closing, the archive, and years later the destruction that only the log remembers."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import unsaid
from subrosa.records.archive import actions as archive
from subrosa.records.archive import keeping
from subrosa.records.archive.queries import not_owed_yet
from subrosa.records.archive.shelf import register
from subrosa.records.audit.queries import entries_of_case
from subrosa.records.case import actions as cases
from subrosa.records.case import recovering
from subrosa.records.case.queries import case as case_by_id
from subrosa.records.case.widening import to_come
from subrosa.records.duty.queries import owed_by
from subrosa.records.note import actions as notes
from subrosa.records.notice.actions import see_notices
from subrosa.records.notice.queries import unseen
from subrosa.records.person.queries import staff
from subrosa.records.school import context
from subrosa.records.school.calendar import calendar, shown_until

from . import steps_agreed, steps_archive, steps_danger
from .steps_booking import first_offer
from .steps_drafts import before_the_next_meeting
from .walk import NOT_YET, REFUSED, Walk

GOAL = "每晚十一点半前躺下"


def _book(walk: Walk, step: str, by: str, client: str) -> Any:
    return walk.press(
        step, appointment.book, by=by, under=("APPT-01",), client=walk.things[client], **first_offer(walk)
    )


def it_goes_on(walk: Walk) -> None:
    """A cancelled, a missed and a held meeting: states, not judgements. The desk books for whoever has no account."""
    dropped = _book(walk, "ming books the second time", "ming", "ming")
    walk.press("yue cancels it", appointment.cancel, by="yue", must=REFUSED, under=("CONF-02",), booking=dropped)
    walk.press("ming cancels it", appointment.cancel, by="ming", under=("CLIENT-01",), booking=dropped)
    told = [one.about for one in unseen(walk.id("lin"))]
    walk.look("lin finds both as messages", by="lin", sees=dropped.pk in told, under=("CLIENT-01",))
    walk.press("lin puts the messages away", see_notices, by="lin", under=("CLIENT-01",))
    walk.look("none is left", by="lin", sees=not unseen(walk.id("lin")), under=("CLIENT-01",))
    missed = _book(walk, "the desk books for hao, who has no account", "he", "hao")
    walk.wait_until(missed.ends_at)
    _nobody_said(walk, missed)
    walk.press("hao did not come", appointment.note_no_show, by="he", under=("APPT-01",), booking=missed)
    walk.look("nothing is asked any more", by="lin", sees=not _asked(walk, missed), under=("REC-01",))
    second = _book(walk, "ming books the third time", "ming", "ming")
    before_the_next_meeting(walk, second)
    walk.wait_until(second.starts_at)
    walk.things["second"] = walk.press("it is held", appointment.hold, by="lin", under=("APPT-01",), booking=second)


def _asked(walk: Walk, booking: Any) -> bool:
    return any(one.kind == unsaid.DUTY and str(booking.pk) in one.about for one in owed_by(walk.id("lin")))


def _nobody_said(walk: Walk, booking: Any) -> None:
    """Not on the day itself; when it is over the clock asks whether they came, once."""
    early: dict[str, Any] = {"by": "clock", "must": REFUSED, "under": ("REC-01",), "booking": booking}
    walk.press("on the day itself the clock asks nothing", unsaid.ask_what_came, **early)
    walk.wait_until(calendar().end_of(calendar().local(booking.starts_at)))
    asks = "the clock asks whether hao came"
    walk.press(asks, unsaid.ask_what_came, by="clock", under=("REC-01", "APPT-01"), booking=booking)
    walk.press("it asks whether hao came a second time", unsaid.ask_what_came, **early)
    walk.look("lin owes a word", by="lin", sees=_asked(walk, booking), under=("REC-01",))


def a_case_is_given_back(walk: Walk) -> None:
    """Lin is away for good: the lead names Zhou, and two of the three sheets open this one case for him."""
    of: dict[str, Any] = {"case": walk.things["case"], "holder": staff(walk.id("zhou"))}
    under = ("CONF-07",)
    walk.press(
        "name a leader for it",
        recovering.name_holder,
        by="shen",
        must=NOT_YET,
        under=under,
        missing=("new_holder",),
        case=walk.things["case"],
        holder=staff(walk.id("qian")),
        ground="legal_demand",
    )
    found = walk.press("name zhou for it", recovering.name_holder, by="shen", under=under, ground="legal_demand", **of)
    again: dict[str, Any] = {"must": REFUSED, "under": under, "ground": "legal_demand"}
    walk.press("name him a second time", recovering.name_holder, by="shen", **again, **of)
    sheets: list[str] = walk.things["sheets"]
    typed: dict[str, Any] = {"recovery": found}
    one: dict[str, Any] = {"must": NOT_YET, "under": (*under, "CON-09"), "sheets": sheets[:1]}
    one["missing"] = ("second_sheet", "widening_waited")
    walk.press("zhou with one sheet", recovering.recover_case, by="zhou", **one, **typed)
    two: dict[str, Any] = {"sheets": sheets[1:]}
    walk.press("tang with two sheets", recovering.recover_case, by="tang", must=REFUSED, under=under, **two, **typed)
    early: dict[str, Any] = {"must": NOT_YET, "under": ("CON-09",), "missing": ("widening_waited",)}
    walk.press(
        "zhou with both, whom ming cannot have read of", recovering.recover_case, by="zhou", **early, **two, **typed
    )
    walk.press("not zhou after all", recovering.drop_holder, by="shen", under=("CON-09",), case=walk.things["case"])
    found = walk.press("but zhou", recovering.name_holder, by="shen", under=under, ground="legal_demand", **of)
    walk.wait_until(shown_until(walk.at))
    page = [(one.staff, one.way) for one in to_come([walk.things["case"]])]
    walk.look("ming has read the name", by="ming", sees=(walk.id("zhou"), "legal_demand") in page, under=("CON-09",))
    both = ("CONF-07", "CON-09")
    walk.press("zhou with two sheets", recovering.recover_case, by="zhou", under=both, recovery=found, **two)
    walk.press(
        "zhou opens the file that came back", notes.read_file, by="zhou", under=("CONF-02",), case=walk.things["case"]
    )
    walk.press("rehearse it with two sheets", recovering.drill, by="clock", under=under, sheets=sheets[:2])


def closing_asks_for_the_goals(walk: Walk) -> None:
    """Rated, each of them, and nobody waits for a closed case; the number is the next one."""
    of = {"case": walk.things["case"]}
    goal = walk.press("agree on a goal", cases.agree_goal, by="lin", under=("CON-06",), text=GOAL, **of)
    walk.press(
        "archive a case that is open",
        archive.archive,
        by="lin",
        must=NOT_YET,
        under=("REC-04",),
        missing=("closed_case", _day(walk)),
        **of,
    )
    ahead = _book(walk, "ming books once more", "ming", "ming")
    walk.press(
        "close with an unrated goal and a booking ahead",
        archive.close,
        by="lin",
        must=NOT_YET,
        under=("ETH-02", "CLIENT-01"),
        missing=("bookings_ahead", "goal_ratings", "client_ratings"),
        **of,
    )
    walk.press("lin cancels the booking", appointment.cancel, by="lin", under=("CLIENT-01",), booking=ahead)
    walk.press(
        "close with an unrated goal",
        archive.close,
        by="lin",
        must=NOT_YET,
        under=("ETH-02",),
        missing=("goal_ratings", "client_ratings"),
        **of,
    )
    steps_agreed.they_rate_the_goals(walk, goal)
    steps_agreed.the_letter_is_written(walk)
    walk.press("shen closes lin's case", archive.close, by="shen", must=REFUSED, under=("REC-04",), **of)
    last = max(line.number for line in register(most=1))
    closed = walk.press("close the case", archive.close, by="lin", under=("REC-04", "ETH-02"), **of)
    walk.look("it has the next number", by="lin", sees=closed.number == last + 1, under=("REC-04",))
    steps_agreed.the_letter_stays(walk)


def _day(walk: Walk) -> str:
    """A meeting without a record, as the ruling names it."""
    starts: datetime = walk.things["second"].starts_at
    return starts.astimezone(calendar().zone).strftime("%Y-%m-%d %H:%M")


def the_file_is_bound(walk: Walk) -> None:
    """Not while a record is missing; then the counselor's key ends and the custodians keep it."""
    of = {"case": walk.things["case"]}
    walk.press(
        "archive with a record missing",
        archive.archive,
        by="lin",
        must=NOT_YET,
        under=("REC-04",),
        missing=(_day(walk),),
        **of,
    )
    steps_danger.the_full_record_finds_danger(walk)
    walk.press("archive the case", archive.archive, by="lin", under=("REC-04", "CONF-07"), **of)
    walk.forget_opened()
    walk.press("lin opens the archived file", notes.read_file, by="lin", must=REFUSED, under=("CONF-02",), **of)
    for name, action in (("shen", archive.confirm), ("zhou", archive.destroy), ("clock", archive.owe_destruction)):
        walk.press(
            f"{name} wants it destroyed before its time",
            action,
            by=name,
            must=REFUSED,
            under=("REC-04",),
            missing=("retention",),
            **of,
        )


def years_pass(walk: Walk) -> None:
    """When retention is over the clock says so, and lead and custodian owe their look."""
    case = case_by_id(walk.things["case"].pk)
    assert case is not None and case.retention_until is not None, "it was archived"
    walk.wait_until(datetime.combine(case.retention_until, time(23, 59), UTC))
    waiting = [one.pk for one in not_owed_yet(calendar().local(walk.at))]
    walk.look("years later its time is over", by="clock", sees=case.pk in waiting, under=("REC-04",))
    walk.press("the clock makes it owed", archive.owe_destruction, by="clock", under=("REC-04",), case=case)
    owed = [one for one in owed_by(walk.id("shen")) if one.kind == "destroy"]
    walk.look("the lead owes the look", by="shen", sees=len(owed) == 1, under=("REC-04",))


def two_people_destroy_it(walk: Walk) -> None:
    """Lead and custodian, two people; then nothing opens any more, and the log still shows that it was done."""
    of = {"case": walk.things["case"]}
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("REC-04",), "missing": ("two_confirmations",)}
    walk.press("the lead confirms", archive.confirm, by="shen", under=("REC-04",), **of)
    walk.press("and confirms again", archive.confirm, by="shen", must=REFUSED, under=("REC-04",), **of)
    walk.press("destroy it with one confirmation", archive.destroy, by="shen", **lacks, **of)
    walk.press("lin confirms", archive.confirm, by="lin", must=REFUSED, under=("REC-04",), **of)
    walk.press("the custodian confirms", archive.confirm, by="zhou", under=("REC-04",), **of)
    walk.press("the file is destroyed", archive.destroy, by="zhou", under=("REC-04", "CONF-04"), **of)
    walk.forget_opened()
    for name in ("lin", "zhou"):
        walk.press(f"{name} opens what was destroyed", notes.read_file, by=name, must=REFUSED, under=("CONF-02",), **of)
    walk.press("ming opens the own words", notes.read_reasons, by="ming", must=REFUSED, under=("CONF-02",), **of)
    told = {one.act for one in entries_of_case(of["case"].pk)}
    shown = {"open_case", "write_note", "close_case", "archive_case", "destroy_case"} <= told
    walk.look("the log still shows what was done", by="shen", sees=shown, under=("REC-04", "CONF-04"))


def the_log_is_doubted(walk: Walk) -> None:
    """The nightly check finds a difference; it stays with lead and custodian until one of them says what it was."""
    walk.press("the clock finds the log changed", keeping.report, by="clock", under=("CONF-04", "CONF-07"))
    owed = [one.kind for name in ("shen", "zhou") for one in owed_by(walk.id(name)) if one.kind == keeping.KIND]
    walk.look("lead and custodian owe an explanation", by="shen", sees=len(owed) == 2, under=("CONF-07",))
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("CONF-07",), "missing": ("explanation",)}
    walk.press("take it off the page without a word", keeping.explain, by="zhou", how="", **lacks)
    walk.press(
        "the steward explains it away", keeping.explain, by="sun", must=REFUSED, under=("CONF-07",), how="machine"
    )
    walk.press("the custodian explains it", keeping.explain, by="zhou", under=("CONF-07",), how="machine")


def the_neighbor_still_sees_nothing(walk: Walk) -> None:
    """No case, no entry: the second school's log knows its own founding only."""
    key = walk.things["case"].pk
    with context.on(walk.schools["second"]):
        apart = case_by_id(key) is None and entries_of_case(key) == []
        walk.look("the second school knows nothing of the case", by="wu", sees=apart, under=("CONF-02",))


STEPS = (
    it_goes_on,
    *steps_danger.BEFORE_CLOSING,
    a_case_is_given_back,
    *steps_agreed.BEFORE,
    closing_asks_for_the_goals,
    the_file_is_bound,
    *steps_archive.BOUND,
    years_pass,
    two_people_destroy_it,
    *steps_archive.GONE,
    the_log_is_doubted,
    the_neighbor_still_sees_nothing,
)
