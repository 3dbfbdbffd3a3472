"""A date of birth in the spellings of school lists: each becomes the same day, or a reason why not."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .cells import Value, fold
from .errors import BadCell

OLDEST = 100  # years
_SPELLED = re.compile(r"(\d{4}) ?[-/.年\u2010-\u2015\u2212] ?(\d{1,2}) ?[-/.月\u2010-\u2015\u2212] ?(\d{1,2}) ?[日号]?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")  # days as a spreadsheet counts them: 10000 is 1927, 99999 is 2173
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def from_serial(days: float, *, from_1904: bool = False) -> date | None:
    """The day that a spreadsheet's number stands for; None for what is no day of its calendar."""
    if not 0 < days < 2_958_466:  # the year 9999
        return None
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(days))


def day(value: Value) -> date | None:
    """The day that a cell says; None for an empty one. BadCell for 30 February, and for what has more than one meaning."""
    if isinstance(value, date):
        return value
    text = _TIME.sub("", fold(value or ""))
    if not text:
        return None
    if serial := _SERIAL.fullmatch(text):
        return from_serial(int(serial[1]))
    found = _SPELLED.fullmatch(text) or _TOGETHER.fullmatch(text)
    if found is None:
        raise BadCell("date_unclear", text)
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise BadCell("date_impossible", text) from error


def born(value: Value, today: date | None) -> str:
    """A birthday in ISO form. BadCell for one that lies ahead or more than a hundred years back."""
    found = day(value)
    if found is None:
        return ""
    if today is not None and found > today:
        raise BadCell("date_ahead", found.isoformat())
    if today is not None and (found.year + OLDEST, found.month, found.day) < (today.year, today.month, today.day):
        raise BadCell("date_too_old", found.isoformat())
    return found.isoformat()


def on(value: Value, today: date | None) -> str:
    """The day of something that has happened, in ISO form."""
    found = day(value)
    if found is not None and today is not None and found > today:
        raise BadCell("date_ahead", found.isoformat())
    return found.isoformat() if found else ""
