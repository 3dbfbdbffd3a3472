"""Which lines the help page offers, in their order, and who is on duty now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from subrosa.policy import helplines
from subrosa.records.school.context import school_in_force
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.server import open_personal

from .models import Helpline, OnDuty


@dataclass(frozen=True, slots=True)
class Offered:
    """One line as this center has it now; `name` and `hours` in Chinese and English."""

    key: str
    number: str
    name: tuple[str, str]
    hours: tuple[str, str]
    place: int
    offered: bool
    tested_on: date | None
    may_not_answer: bool  # not to be shown without what comes next
    ships: bool

    @property
    def by_text(self) -> bool:
        """A number for text messages."""
        return self.key == helplines.BY_TEXT


def may_not_answer(key: str) -> bool:
    """The two of which it is known; and where lines ship that always answer, every line that a center added itself."""
    shipped = {one.key for one in helplines.shipped(school_in_force().kind)}
    return key in helplines.MAY_NOT_ANSWER or bool(shipped and key not in shipped)


def _of(row: Helpline, *, ships: bool) -> Offered:
    name, hours = (row.name_zh, row.name_en), (row.hours_zh, row.hours_en)
    doubtful = may_not_answer(row.key)
    return Offered(row.key, row.number, name, hours, row.place, row.offered, row.tested_on, doubtful, ships)


def every_line() -> list[Offered]:
    """Every line that ships or was added, in the order of the page; those not offered too."""
    rows = {row.key: row for row in Helpline.objects.all()}
    shipped = helplines.shipped(school_in_force().kind)
    found = [
        _of(rows.pop(one.key), ships=True)
        if one.key in rows
        else Offered(one.key, one.number, one.name, one.hours, one.place, True, None, may_not_answer(one.key), True)
        for one in shipped
    ]
    found += [_of(row, ships=False) for row in rows.values()]
    return in_order(found)


def in_order(lines: Iterable[Offered]) -> list[Offered]:
    """By their places; two of one place by their numbers."""
    return sorted(lines, key=lambda one: (one.place, one.key))


def lines() -> list[Offered]:
    """What the help page offers, in its order."""
    return [one for one in every_line() if one.offered]


def line(key: str) -> Offered | None:
    """One line by its key."""
    return next((one for one in every_line() if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Duty:
    """The colleague on duty as the help page says it."""

    name: Opened
    room: str
    phone: Opened


def on_duty() -> Duty | None:
    """Who is on duty now; None where nobody is entered."""
    row = OnDuty.objects.first()
    name = open_personal(row, "name") if row else ""
    if row is None or not name:
        return None
    return Duty(Opened(name), row.room, open_personal(row, "phone"))
