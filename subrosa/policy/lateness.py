"""When each kind of duty is late, when it climbs to the lead, and whether the school's calendar stops its clock.

Danger and what is owed the same day is stopped by nothing: no weekend, holiday or examination week moves its time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Late(StrEnum):
    """From when on a duty counts as late."""

    WHEN_DUE = "when_due"
    NEXT_NOON = "next_noon"  # `records.late_from`: noon of the next school day


class Climb(StrEnum):
    """When a late duty climbs to the lead, once."""

    NEVER = "never"  # it is the lead's already
    WHEN_LATE = "when_late"
    SOON = "soon"  # `danger.high_by_voice_minutes` after it was due
    NEXT_SCHOOL_DAY = "next_school_day"  # at the end of the next school day


class Clock(StrEnum):
    """What a duty's time counts."""

    MOMENT = "moment"  # a moment of its own: the calendar never moves it
    SCHOOL_DAYS = "school_days"  # weekends, holidays and quiet weeks stop it
    TERM_DAYS = "term_days"  # holidays and quiet weeks stop it


@dataclass(frozen=True, slots=True)
class Pace:
    """One line of the table."""

    late: Late = Late.WHEN_DUE
    climbs: Climb = Climb.WHEN_LATE
    clock: Clock = Clock.MOMENT
    danger: bool = False

    @property
    def quiet_weeks_stop_it(self) -> bool:
        """Whether examination weeks and holidays stop its clock."""
        return self.clock is not Clock.MOMENT


UNKNOWN: Final = Pace()
PACES: Final[Mapping[str, Pace]] = MappingProxyType(
    {
        # danger, and the same day
        "cry": Pace(climbs=Climb.SOON, danger=True),
        "danger_report": Pace(danger=True),
        "next_step": Pace(danger=True),
        "slip": Pace(),
        "record": Pace(Late.NEXT_NOON),
        "sitting": Pace(Late.NEXT_NOON),
        "unsaid": Pace(Late.NEXT_NOON),
        # school days
        "full_record": Pace(Late.NEXT_NOON, clock=Clock.SCHOOL_DAYS),
        "guardian_talk": Pace(climbs=Climb.NEXT_SCHOOL_DAY, clock=Clock.SCHOOL_DAYS),
        "guardian_look": Pace(climbs=Climb.NEXT_SCHOOL_DAY),
        "paper_scan": Pace(climbs=Climb.NEXT_SCHOOL_DAY, clock=Clock.SCHOOL_DAYS),
        "plan": Pace(climbs=Climb.NEXT_SCHOOL_DAY, clock=Clock.SCHOOL_DAYS),
        "look_again": Pace(),
        "closing": Pace(climbs=Climb.NEXT_SCHOOL_DAY, clock=Clock.SCHOOL_DAYS),
        "archive_run": Pace(climbs=Climb.NEXT_SCHOOL_DAY),
        "letter": Pace(clock=Clock.SCHOOL_DAYS),
        "credential_waits": Pace(climbs=Climb.NEXT_SCHOOL_DAY, clock=Clock.SCHOOL_DAYS),
        "credential": Pace(),
        "credential_ends": Pace(),
        "name_tie": Pace(clock=Clock.SCHOOL_DAYS),
        # the lead's own
        "insists": Pace(climbs=Climb.NEVER, clock=Clock.SCHOOL_DAYS),
        "destroy": Pace(climbs=Climb.NEVER, clock=Clock.SCHOOL_DAYS),
        "destroy_briefs": Pace(climbs=Climb.NEVER, clock=Clock.SCHOOL_DAYS),
        "broken_ledger": Pace(climbs=Climb.NEVER),
        # keys and code
        "recover": Pace(),
        "sign_code": Pace(clock=Clock.TERM_DAYS),
    }
)
RECORDS: Final = ("record", "full_record")  # REC-01: three late ones pause new clients
UNSIGNED: Final = (*RECORDS, "sitting", "unsaid")  # what somebody still has to write or say about a meeting
DANGER: Final = tuple(kind for kind, pace in PACES.items() if pace.danger)
STAYING: Final = tuple(kind for kind, pace in PACES.items() if pace.climbs is Climb.NEVER)


def pace(kind: str) -> Pace:
    """The line of one kind; a kind that the table does not name is late when it is due, and climbs then."""
    return PACES.get(kind, UNKNOWN)
