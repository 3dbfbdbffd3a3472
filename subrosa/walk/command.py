"""`subrosa walk`: carry one client through the house, in a database of its own."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

from subrosa.host.errors import CannotRun

from .place import place, settle_in


def main(*, data: str | None, roster: str | None, keep: bool, as_json: bool) -> int:
    """Walk; answers 0 when each step had the outcome that it must have, 1 when not, 2 when there is no place to walk."""
    signal.signal(signal.SIGTERM, _end)
    try:
        with place(data, keep=keep) as found:
            settle_in(found)
            code = _walk(roster, as_json=as_json)
            if keep:
                print(f"kept; look at it with: {found.look}", file=sys.stderr if as_json else sys.stdout)
            return code
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """Asked to stop: leave through the doors, so that the database goes too."""
    raise SystemExit(128 + number)


def _walk(roster: str | None, *, as_json: bool) -> int:
    from subrosa.demo.prepare import close_all, ready  # noqa: PLC0415  Django reads the environment only now

    ready()
    from .steps import EVERY  # noqa: PLC0415  models exist only now
    from .walk import Broken, Walk  # noqa: PLC0415  as above

    walk = Walk(as_json=as_json, roster=roster)
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
