"""The desk's day and week: rooms and times, who is expected, who is here, what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common.order import in_order_of_time
from subrosa.desks.common.requests import Visit, audience, safe_next
from subrosa.desks.common.rulings import margin
from subrosa.desks.common.sealed import asked_for
from subrosa.records.appointment import actions, moving, queries
from subrosa.records.appointment.registering import waiting
from subrosa.records.school.calendar import calendar
from subrosa.timetable.calendar import SATURDAY

from .names import AT_THE_DESK, Line, lines

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one room at one time (or on one day of a week): its column's name for narrow screens, and the lines."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One time of the grid."""

    at: datetime
    cells: tuple[Cell, ...]


def _day(there: Visit) -> date:
    """The day asked for, else today at the school."""
    try:
        return date.fromisoformat(there.request.GET.get("day", ""))
    except ValueError:
        return calendar().local(there.at)


def _next_school_day(day: date, step: int) -> date:
    for _ in range(14):
        day += timedelta(days=step)
        if calendar().is_school_day(day):
            return day
    return day


def _room_of(line: Line) -> str:
    return line.row.room.name if line.row.room else gettext("without a booking")


def grid(shown: Sequence[Line], columns: Sequence[str], column_of: Callable[[Line], str]) -> list[Row]:
    """Times down, columns across; each line in its cell."""
    clock = calendar().zone
    times = sorted({one.row.starts_at.astimezone(clock).time() for one in shown})
    first = {of: next(o.row.starts_at for o in shown if o.row.starts_at.astimezone(clock).time() == of) for of in times}

    def cell(of: time, column: str) -> Cell:
        there = (one for one in shown if column_of(one) == column)
        return Cell(column, tuple(one for one in there if one.row.starts_at.astimezone(clock).time() == of))

    return [Row(first[of], tuple(cell(of, column) for column in columns)) for of in times]


def _given_back(there: Visit) -> Any:
    """The booking that was just cancelled here, while it can be undone."""
    try:
        row = queries.booking(UUID(there.request.GET.get("undo", "")))
    except ValueError:
        return None
    return row if row is not None and row.state == "cancelled" and row.starts_at > there.at else None


@asked_for
@audience(*AT_THE_DESK, locked_too=True)
@in_order_of_time
def reception(there: Visit) -> HttpResponse:
    """One day. A locked session sees times and rooms, and books on; names wait for the key."""
    day, today = _day(there), calendar().local(there.at)
    rows = queries.day_of(None, datetime.combine(day, NOON, calendar().zone))
    shown = lines(there, rows)
    rooms = [room.name for room in queries.rooms()]
    columns = [one for one in rooms if any(_room_of(line) == one for line in shown)]
    columns += [gettext("without a booking")] if any(line.row.room is None for line in shown) else []
    values = {
        "rows": grid(shown, columns, _room_of),
        "columns": columns,
        "day": day,
        "is_today": day == today,
        "before": _next_school_day(day, -1),
        "after": _next_school_day(day, 1),
        "waiting": waiting(there.at).count(),
        "expected": sum(1 for one in shown if one.open),
        "here_now": sum(1 for one in shown if one.open and one.row.here_at),
        "undo": _given_back(there),
        "once": uuid4(),
        "locked": there.locked,
        "margin": margin("CONF-05", "APPT-01", "ETH-05"),
    }
    return render(there.request, "reception/today.html", values)


@asked_for
@audience(*AT_THE_DESK, locked_too=True)
@in_order_of_time
def week(there: Visit) -> HttpResponse:
    """One week, days across; on a weekend without lessons the next one, unless a day is asked for."""
    day, today = _day(there), calendar().local(there.at)
    if "day" not in there.request.GET and day.weekday() >= SATURDAY and not calendar().is_school_day(day):
        day += timedelta(days=7 - day.weekday())
    monday = day - timedelta(days=day.weekday())
    shown = lines(there, queries.week_of(day))
    days = [monday + timedelta(days=n) for n in range(7)]
    used = [one for one in days if calendar().is_school_day(one) or any(_day_of(line) == one for line in shown)]
    values = {
        "rows": grid(shown, [one.isoformat() for one in used], lambda line: _day_of(line).isoformat()),
        "days": [(one, one == today) for one in used],
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "locked": there.locked,
        "margin": margin("CONF-05", "APPT-01", "ETH-05"),
    }
    return render(there.request, "reception/week.html", values)


def _day_of(line: Line) -> date:
    return calendar().local(line.row.starts_at)


def _press(there: Visit, key: UUID, press: Callable[..., Any]) -> Any:
    row = queries.booking(key)
    if row is None:
        raise Http404
    return press(by=there.by, at=there.at, booking=row, once=there.once)


def _back(there: Visit, **more: Iterable[str] | str) -> HttpResponse:
    """The page that pressed, with what it should show besides."""
    target = urlsplit(safe_next(there.request, reverse("reception")))
    query = "&".join(part for part in (target.query, urlencode(more)) if part)
    return redirect(target._replace(query=query).geturl())


@require_POST
@audience(*AT_THE_DESK)
def check_in(there: Visit, key: UUID) -> HttpResponse:
    """Somebody is here."""
    _press(there, key, moving.check_in)
    return _back(there)


@require_POST
@audience(*AT_THE_DESK)
def cancel(there: Visit, key: UUID) -> HttpResponse:
    """Somebody called: the time is free again, and one press takes it back while it is."""
    _press(there, key, actions.cancel)
    return _back(there, undo=str(key))


@require_POST
@audience(*AT_THE_DESK)
def revive(there: Visit, key: UUID) -> HttpResponse:
    """Undo a cancellation."""
    _press(there, key, moving.revive)
    return _back(there)


@require_POST
@audience(*AT_THE_DESK)
def missed(there: Visit, key: UUID) -> HttpResponse:
    """Nobody came."""
    _press(there, key, actions.note_no_show)
    return _back(there)
