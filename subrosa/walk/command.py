"""`subrosa walk`: carry one client through the house, in a database of its own."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from subrosa.demo.roster import small_school
from subrosa.host.errors import CannotRun
from subrosa.records.roster.sheet import Card, SheetError, read

from .place import place, settle_in

STUDENTS = 3  # who come in the walk


def main(*, data: str | None, roster: str | None, keep: bool, as_json: bool) -> int:
    """Walk; answers 0 when each step had the outcome that it must have, 1 when not, 2 when there is no place to walk."""
    signal.signal(signal.SIGTERM, _end)
    try:
        cards = _cards(roster)
        with place(data, keep=keep) as found:
            settle_in(found)
            code = _walk(cards, as_json=as_json)
            if keep:
                print(f"kept; look at it with: {found.look}", file=sys.stderr if as_json else sys.stdout)
            return code
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code


def _cards(roster: str | None) -> Sequence[Card]:
    """The students of the file; without one those of a small school that is made up."""
    if roster is None:
        return small_school()
    try:
        cards = read(Path(roster).read_bytes()).cards
    except (OSError, SheetError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise CannotRun(f"The roster {roster} cannot be used: {why}.") from error
    if len(cards) < STUDENTS:
        raise CannotRun(f"The roster {roster} holds {len(cards)} students; the walk needs {STUDENTS}.")
    return cards


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """Asked to stop: leave through the doors, so that the database goes too."""
    raise SystemExit(128 + number)


def _walk(cards: Sequence[Card], *, as_json: bool) -> int:
    from subrosa.demo.prepare import close_all, ready  # noqa: PLC0415  Django reads the environment only now

    ready()
    from .steps import EVERY  # noqa: PLC0415  models exist only now
    from .walk import Broken, Walk  # noqa: PLC0415  as above

    walk = Walk(as_json=as_json, cards=cards)
    try:
        walk.go(EVERY)
    except Broken as broken:
        print(f"the walk broke at: {broken}", file=sys.stderr)
        return 1
    finally:
        close_all()
    if not as_json:
        print(walk.last_line())
    return 1 if walk.faults else 0
