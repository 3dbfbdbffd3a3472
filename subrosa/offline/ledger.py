"""`subrosa ledger verify` and `subrosa ledger checkpoint`."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from subrosa.host.errors import CannotRun
from subrosa.ledger.verify import Finding, Report

from .place import house, the_school, the_schools

WORDS = {
    "gap": "place {at} is missing",
    "repeated": "place {at} stands twice",
    "gone": "the entry at place {at} is gone",
    "root": "the tree of {at} entries is not the one that was signed: something before place {at} was changed",
    "shorter": "the ledger has {at} entries, a checkpoint has seen {more}",
    "tile": "the entry at place {at} is not the one whose hash was stored",
    "tile_gone": "stored tile {at} is missing",
    "checkpoint": "the stored checkpoint of {at} entries was altered ({more})",
    "no_place": "{more} entries neither have a place nor wait for one",
    "columns": "the columns of entry {more} say something else than its bytes",
    "bytes": "the bytes of entry {more} cannot be read",
    "row": "{more} is not as its last entry says: an older or a foreign revision stands there",
}
ALONE = (
    "Without a checkpoint that was kept outside (--against FILE) this finds what anyone did who lacks the checkpoint key,"
    " and nothing that was rolled back as a whole."
)


def verify(*, data: str | None, school: str | None, against: Sequence[str], rows: bool, as_json: bool) -> int:
    """Read the whole ledger of a school, or of each; 0 when everything is as it was, 1 when not, 2 when it cannot be read."""
    try:
        notes = [(name, Path(name).read_text(encoding="utf-8")) for name in against]
    except (OSError, UnicodeDecodeError) as error:
        print(f"The checkpoint cannot be read: {error}.", file=sys.stderr)
        return CannotRun.exit_code
    try:
        with house(data):
            # A checkpoint is of one school: with one in hand, which school has to be known.
            schools = [the_school(school)] if notes else the_schools(school)
            return max([_verify(one, notes, rows=rows, as_json=as_json) for one in schools])
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code


def _verify(school: Any, notes: Sequence[tuple[str, str]], *, rows: bool, as_json: bool) -> int:
    from subrosa.ledger.checkpoint import BadCheckpoint  # noqa: PLC0415  beside the drawers, which need Django
    from subrosa.records.audit import checking  # noqa: PLC0415  models exist only now
    from subrosa.records.school import context  # noqa: PLC0415  as above

    with context.on(school):
        kept = []
        for name, note in notes:
            try:
                kept.append(checking.read_note(note))
            except BadCheckpoint as error:
                raise CannotRun(f"{name} is no checkpoint of this ledger: {error}.") from error
        report = checking.check(kept, rows=rows)
    if as_json:
        print(json.dumps({"school": school.host, **_as_object(report, rows=rows)}, ensure_ascii=False))
    else:
        print(f"{school.host}: {_in_words(report, bool(notes))}")
    return 0 if report.whole else 1


def _in_words(report: Report, against: bool) -> str:
    root = base64.b64encode(report.root).decode()
    lines = [f"{report.size} entries, root {root}, compared with {report.checked} checkpoints"]
    lines += [sentence(one) for one in report.findings]
    if report.further:
        lines.append(f"... and {report.further} more")
    lines.append("whole: nothing was changed, removed, put in or moved" if report.whole else "NOT WHOLE")
    if not against:
        lines.append(ALONE)
    return "\n".join(lines)


def sentence(finding: Finding) -> str:
    """One finding in words."""
    return WORDS[finding.what].format(at=finding.at, more=finding.more)


def _as_object(report: Report, *, rows: bool) -> dict[str, Any]:
    return {
        "whole": report.whole,
        "size": report.size,
        "root": base64.b64encode(report.root).decode(),
        "checkpoints": report.checked,
        "rows": rows,
        "findings": [{"what": one.what, "at": one.at, "more": one.more} for one in report.findings],
        "further": report.further,
    }


def checkpoint(*, data: str | None, school: str | None, as_json: bool) -> int:
    """Print the newest checkpoint and the line to check it with: for paper, mail or another machine."""
    try:
        with house(data):
            return _checkpoint(school, as_json=as_json)
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code


def _checkpoint(school: str | None, *, as_json: bool) -> int:
    from subrosa.records.audit import reading, witness  # noqa: PLC0415  models exist only now
    from subrosa.records.audit.moment import now  # noqa: PLC0415  as above
    from subrosa.records.audit.sequence import sequence, sign_checkpoint  # noqa: PLC0415  as above
    from subrosa.records.school import context  # noqa: PLC0415  as above

    with context.on(the_school(school)):
        while sequence():
            pass
        sign_checkpoint(at=now())
        found = reading.latest()
        if found is None:
            raise CannotRun("Nothing was done yet in this school: there is nothing to sign.")
        line = witness.verifier_line()
    given = {"size": found.size, "at": found.at.isoformat(), "note": found.note, "verifier": line}
    print(json.dumps(given, ensure_ascii=False) if as_json else f"{found.note}\nCheck it with: {line}")
    return 0
