"""Today at the desk: rooms and times, who is expected, what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience, safe_next
from subrosa.desks.common.rulings import margin
from subrosa.desks.common.sealed import asked_for
from subrosa.records.appointment import actions, queries
from subrosa.records.school.calendar import calendar

from .names import AT_THE_DESK, lines

NOON = time(12)


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


@asked_for
@audience(*AT_THE_DESK, locked_too=True)
def reception(there: Visit) -> HttpResponse:
    """One day. A locked session sees times and rooms, and books on; names wait for the key."""
    day, today = _day(there), calendar().local(there.at)
    rows = queries.day_of(None, datetime.combine(day, NOON, calendar().zone))
    shown = lines(there, rows)
    values = {
        "lines": shown,
        "day": day,
        "is_today": day == today,
        "before": _next_school_day(day, -1),
        "after": _next_school_day(day, 1),
        "expected": sum(1 for one in shown if one.open),
        "rooms": len({one.row.room_id for one in shown}),
        "locked": there.locked,
        "margin": margin("CONF-05", "APPT-01"),
    }
    return render(there.request, "reception/today.html", values)


def _end(there: Visit, key: UUID, press: Callable[..., Any]) -> HttpResponse:
    row = queries.booking(key)
    if row is None:
        raise Http404
    press(by=there.by, at=there.at, booking=row, once=there.once)
    return redirect(safe_next(there.request, reverse("reception")))


@require_POST
@audience(*AT_THE_DESK)
def cancel(there: Visit, key: UUID) -> HttpResponse:
    """Somebody called: the time is free again."""
    return _end(there, key, actions.cancel)


@require_POST
@audience(*AT_THE_DESK)
def missed(there: Visit, key: UUID) -> HttpResponse:
    """Nobody came."""
    return _end(there, key, actions.note_no_show)
