"""An act of one row beside a bare insert of the same row: locks, roles, facts, ruling and entry are what lies between."""

from __future__ import annotations

from uuid import uuid4

from subrosa.records.appointment import actions
from subrosa.records.appointment.models import Room
from subrosa.records.school import context
from subrosa.walk.walk import Walk

from .measure import Line, in_turn, ratio, settled, statements

LIMIT, MOST_STATEMENTS = 5.0, 12


def _bare(number: int) -> Room:
    """The owner needs no act: one statement and its commit."""
    row = Room(name=f"bare {number}", school_id=context.current_school())
    row.save(using="owner", force_insert=True)
    return row


def lines(walk: Walk, *, times: int) -> list[Line]:
    """The act `add_room`."""

    def act(number: int) -> Room:
        return actions.add_room(by=walk.people["lin"], at=walk.at, name=f"act {number}", once=uuid4())

    in_turn(lambda n: act(-n - 1), lambda n: _bare(-n - 1), times=20)
    settled()
    whole, bare = in_turn(act, _bare, times=times)
    sent = statements(lambda: act(times))
    return [
        ratio("act of one row ÷ bare insert with commit", whole, bare, LIMIT, times=times),
        Line("act of one row: statements", sent, MOST_STATEMENTS, ""),
    ]
