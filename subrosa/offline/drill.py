"""`subrosa drill`: two keepers type their sheets, a case of nothing is given back and destroyed, and what was done is said."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from subrosa.host.errors import CannotRun

from .place import house, the_school

LINES = 4  # of a printed sheet


def main(*, data: str | None, school: str | None, sheets: Sequence[str]) -> int:
    """Rehearse the way back; answers 0 when it works, 1 when the sheets give nothing back, 2 when it cannot run."""
    try:
        typed = [Path(one).read_text(encoding="utf-8") for one in sheets]
        with house(data):
            return _drill(school, typed)
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    except (OSError, UnicodeDecodeError) as error:
        print(f"A sheet cannot be read: {error}.", file=sys.stderr)
        return CannotRun.exit_code


def _ask(which: str) -> str:
    print(f"The {which} keeper types the sheet ({LINES} lines):", file=sys.stderr, flush=True)
    return "\n".join(sys.stdin.readline() for _ in range(LINES))


def _drill(school: str | None, sheets: Sequence[str]) -> int:
    from subrosa.policy.actor import CLOCK  # noqa: PLC0415  beside the drawers, which need Django
    from subrosa.policy.ruling import Refused  # noqa: PLC0415  as above
    from subrosa.records.audit.moment import now  # noqa: PLC0415  models exist only now
    from subrosa.records.case.recovering import drill  # noqa: PLC0415  as above
    from subrosa.records.school import context  # noqa: PLC0415  as above

    with context.on(the_school(school)):
        typed = sheets or [_ask("first"), _ask("second")]  # nobody types a sheet for a house that is not there
        try:
            drill(by=CLOCK, at=now(), sheets=typed)
        except Refused:
            print("NOT GIVEN BACK: these two sheets are not of two seats of this house. No case was touched.")
            return 1
    print("A case of nothing was split over the seats, as every case is when it opens.")
    print("The two sheets that were typed gave it back; it was compared and destroyed. No case was touched.")
    print("What this shows: the sheets are readable and fit. The log has an entry of it.")
    return 0
