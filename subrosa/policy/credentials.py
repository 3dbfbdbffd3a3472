"""What a counselor may be qualified by, and which ties the agreement names: two closed lists, and the days of reminding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class CredentialKind(StrEnum):
    """The kinds that the register keeps (COMP-01). A card shows the kind, never words of one's own."""

    TEACHER = "teacher"  # teacher's certificate in mental-health education
    PROVINCIAL_A = "provincial_a"
    PROVINCIAL_B = "provincial_b"
    PROVINCIAL_C = "provincial_c"
    NATIONAL = "national"  # the former national certificate
    SOCIETY = "society"  # registration with a professional society
    OTHER = "other"


class TieKind(StrEnum):
    """What may stand between a counselor and students of some classes (REL-01), and what else the client should know."""

    LESSON = "lesson"  # teaches the psychology lesson, which nobody marks
    CLASS_TEACHER = "class_teacher"
    ELSE = "else"  # the counselor's own sentence
    WAY = "way"  # how this counselor also works, and what for


OF_CLASSES = frozenset(
    {TieKind.LESSON, TieKind.CLASS_TEACHER}
)  # these name classes; the others are sentences, in both languages


def step_due(until: date, day: date, steps: Iterable[int], reminded: int | None) -> int | None:
    """The reminder that is due on a day, as days before the end; None where it was given, or the end has passed.

    Whoever enters a certificate late gets one reminder, the nearest, not all that would have come before.
    """
    left = (until - day).days
    passed = [one for one in steps if 0 <= left <= one]
    nearest = min(passed, default=None)
    return nearest if nearest is not None and (reminded is None or nearest < reminded) else None


def next_mark(step: int, steps: Iterable[int]) -> int:
    """How many days before the end the reminder after this one comes; 0 where it is the last."""
    return max((one for one in steps if one < step), default=0)
