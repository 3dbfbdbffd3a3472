"""Change a line of the help page, note a test call, say who is on duty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import NOBODY, Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import HelplineFacts
from subrosa.records import audit
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import server

from .models import Helpline, OnDuty
from .queries import Offered, every_line, in_order, may_not_answer


@dataclass(frozen=True, slots=True)
class Change:
    """What a line is to be from now on; `name` and `hours` in Chinese and English."""

    key: str
    number: str
    name: tuple[str, str]
    hours: tuple[str, str]
    place: int
    offered: bool = True

    @classmethod
    def of(cls, line: Offered, **changes: Any) -> Change:
        """The line as it is, with some changes."""
        return replace(cls(line.key, line.number, line.name, line.hours, line.place, line.offered), **changes)


def _the_list(**_: Any) -> tuple[tuple[UUID, str]]:
    """The order of the lines is one thing: two who change it come one after the other."""
    return ((NOBODY, "helplines"),)


def _line_facts(*, change: Change, **_: Any) -> tuple[HelplineFacts]:
    """The page as it would stand: lines for text messages are no answer, so they count neither way."""
    others = [one for one in every_line() if one.key != change.key]
    doubtful = may_not_answer(change.key)
    new = Offered(
        change.key, change.number, change.name, change.hours, change.place, change.offered, None, doubtful, False
    )
    shown = [one for one in in_order([*others, new]) if one.offered and not one.by_text]
    return (HelplineFacts(tuple(one.key for one in shown), tuple(one.key for one in shown if one.may_not_answer)),)


@audit.act(Act.SET_HELPLINE, days=_the_list, facts=_line_facts)
def set_line(*, by: Actor, at: datetime, change: Change, once: UUID | None = None) -> Helpline:
    """A line with other hours, another place, offered no more, or a new one of the region."""
    return _put(change)


def _put(change: Change) -> Helpline:
    (name_zh, name_en), (hours_zh, hours_en) = change.name, change.hours
    row, _made = Helpline.objects.update_or_create(
        key=change.key,
        defaults={
            "number": change.number,
            "name_zh": name_zh,
            "name_en": name_en,
            "hours_zh": hours_zh,
            "hours_en": hours_en,
            "place": change.place,
            "offered": change.offered,
        },
    )
    return row


@audit.act(Act.NOTE_TEST_CALL, days=_the_list)
def note_test_call(*, by: Actor, at: datetime, line: Offered, once: UUID | None = None) -> Helpline:
    """Somebody called this line today, and it answered as the page says."""
    row = Helpline.objects.filter(key=line.key).first() or _put(Change.of(line))
    row.tested_on = calendar().local(at)
    row.save(update_fields=["tested_on"])
    return row


@audit.act(Act.SET_ON_DUTY, days=_the_list)
def set_on_duty(
    *, by: Actor, at: datetime, name: str, room: str = "", phone: str = "", once: UUID | None = None
) -> OnDuty:
    """Who is on duty from now on, as the help page says it to everybody; an empty name means nobody.

    Who was on duty before is kept nowhere but in the log: the page needs one name.
    """
    OnDuty.objects.all().delete()
    row = OnDuty(room=room, since=at)
    server.close_personal(row, "name", name)
    server.close_personal(row, "phone", phone)
    row.save(force_insert=True)
    return row
