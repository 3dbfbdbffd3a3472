"""The closed lists of this drawer: who asks, what becomes of a letter, how it was closed. No free words stand in plain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Asker(StrEnum):
    """Who asks whether, or what. `INSISTS` is somebody who claims a right, such as a parent of a child under 14."""

    PARENT = "parent"
    CLASS_TEACHER = "class_teacher"
    LEADER = "leader"
    AUTHORITY = "authority"
    POLICE = "police"
    CLASSMATE = "classmate"
    INSISTS = "insists"


class Kind(StrEnum):
    """A worry slip from the door, or a cry to whoever is on duty."""

    SLIP = "slip"
    CRY = "cry"


class Choice(StrEnum):
    """When something is looked at again: the keys 1, 2 and 3."""

    TODAY = "today"
    WEEK = "week"
    ANSWER = "answer"


class Answer(StrEnum):
    """How a letter was closed. None of them says whether somebody comes."""

    LOOKED_AFTER = "looked_after"
    SPOKEN_WITH_SENDER = "spoken_with_sender"
    DANGER_HANDLED = "danger_handled"
    HANDED_ON = "handed_on"
    NOTHING_TO_DO = "nothing_to_do"


@dataclass(frozen=True, slots=True)
class Words:
    """What is sealed: the text, how to reach the sender, whom it is about, and who the sender is to him."""

    text: str
    reach: str = ""
    whom: str = ""
    sender: str = ""

    def __repr__(self) -> str:
        return "…"


class Sender(StrEnum):
    """Who leaves a worry slip. Stands in the sealed words only."""

    CLASS_TEACHER = "class_teacher"
    PARENT = "parent"
    CLASSMATE = "classmate"
    OTHER = "other"
