"""The number of a file: drawn when it is closed, one after the other without gaps, once for each file."""

from __future__ import annotations

from datetime import datetime

from subrosa.records.case.models import Case
from subrosa.records.case.series import draw

from .models import FileLine


def number_of(case: Case, at: datetime) -> None:
    """Part of an act that closes a file, the last thing drawn; a file that was closed before keeps the number it has."""
    if case.number is None:
        case.number = draw("case", FileLine(case=case, at=at)).number
