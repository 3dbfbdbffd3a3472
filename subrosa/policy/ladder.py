"""Minors: the ladder. What is asked at which age, and what follows from the family's answer to the enrollment letter.

The table is data, so that a school's lawyer can read it beside `practice.md`; the functions only look things up in it.
Ages are settings of the school kind. Nothing here knows a database, and nothing here is ever asked in danger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType


class Band(StrEnum):
    """A column of the table, from the youngest to the oldest."""

    UNDER_14 = "under_14"
    FROM_14 = "from_14"
    OF_AGE = "of_age"


class Letter(StrEnum):
    """What a family answered; NONE while the letter is not back, and for who is not on the school's list."""

    YES = "yes"
    NO = "no"
    NONE = "none"


class Asked(StrEnum):
    """A row of the table: what somebody is about to do."""

    FIRST_CONTACT = "first_contact"
    DANGER = "danger"
    GOING_ON = "going_on"
    TEST = "test"
    RESEARCH = "research"
    WORD_INSIDE = "word_inside"
    WORD_OUTSIDE = "word_outside"
    GUARDIAN_ASKS = "guardian_asks"


class Part(StrEnum):
    """What has to be there. Whatever is a guardian's comes from the enrollment letter or stands in a sealed file."""

    OWN_WISH = "own_wish"
    OWN_YES = "own_yes"
    OWN_SIGNATURE = "own_signature"
    LETTER_ASKED = "letter_asked"
    LETTER_INFORMS = "letter_informs"
    GUARDIAN_TOLD = "guardian_told"
    GUARDIAN_IN_WRITING = "guardian_in_writing"
    GUARDIAN_OR_GROUND = "guardian_or_ground"
    NOTHING_TOLD = "nothing_told"
    OWN_TALK_OFFERED = "own_talk_offered"


@dataclass(frozen=True, slots=True)
class Ages:
    """From which birthday on the middle and the last column hold."""

    fourteen: int = 14
    of_age: int = 18


_P = Part
_SAME: Mapping[Band, frozenset[Part]] = dict.fromkeys(Band, frozenset({_P.OWN_WISH}))
_IN_WRITING = frozenset({_P.OWN_YES, _P.GUARDIAN_IN_WRITING})
_TOLD = frozenset({_P.OWN_YES, _P.GUARDIAN_TOLD})
_OUTSIDE = frozenset({_P.OWN_YES, _P.GUARDIAN_OR_GROUND})
_YES = frozenset({_P.OWN_YES})
_ANSWER = frozenset({_P.NOTHING_TOLD, _P.OWN_TALK_OFFERED})

LADDER: Mapping[Asked, Mapping[Band, frozenset[Part]]] = MappingProxyType(
    {
        Asked.FIRST_CONTACT: _SAME,
        Asked.DANGER: _SAME,
        Asked.GOING_ON: {
            Band.UNDER_14: frozenset({_P.OWN_SIGNATURE, _P.LETTER_INFORMS, _P.LETTER_ASKED}),
            Band.FROM_14: frozenset({_P.OWN_SIGNATURE, _P.LETTER_INFORMS}),
            Band.OF_AGE: frozenset({_P.OWN_SIGNATURE}),
        },
        Asked.TEST: {Band.UNDER_14: _TOLD, Band.FROM_14: _TOLD, Band.OF_AGE: _YES},
        Asked.RESEARCH: {Band.UNDER_14: _IN_WRITING, Band.FROM_14: _IN_WRITING, Band.OF_AGE: _YES},
        Asked.WORD_INSIDE: dict.fromkeys(Band, _YES),
        Asked.WORD_OUTSIDE: {Band.UNDER_14: _OUTSIDE, Band.FROM_14: _OUTSIDE, Band.OF_AGE: _YES},
        Asked.GUARDIAN_ASKS: dict.fromkeys(Band, _ANSWER),
    }
)


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from an answer for counseling that goes on. `talk`: a talk about involving the guardian is owed.

    `stays`: support stays at first and brief contacts unless a ground or a second professional says otherwise.
    """

    talk: bool = False
    stays: bool = False


GOES_ON, TALK, STAYS = Follows(), Follows(talk=True), Follows(talk=True, stays=True)
FOLLOWS: Mapping[Band, Mapping[Letter, Follows]] = MappingProxyType(
    {
        Band.UNDER_14: {Letter.YES: GOES_ON, Letter.NONE: TALK, Letter.NO: STAYS},
        Band.FROM_14: {Letter.YES: GOES_ON, Letter.NONE: GOES_ON, Letter.NO: TALK},
        Band.OF_AGE: dict.fromkeys(Letter, GOES_ON),
    }
)


def birthday(born: date, age: int) -> date:
    """The day on which somebody turns `age`. Who was born on 29 February turns it on the last of February (Civil Code 202)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28)


def band(born: date, day: date, ages: Ages) -> Band:
    """The column that holds on a day; a birthday changes it on the day itself."""
    if day >= birthday(born, ages.of_age):
        return Band.OF_AGE
    return Band.FROM_14 if day >= birthday(born, ages.fourteen) else Band.UNDER_14


def band_at(born: date, moment: datetime, zone: tzinfo, ages: Ages) -> Band:
    """The same for a moment: the day is that of the school."""
    return band(born, moment.astimezone(zone).date(), ages)


def turned(born: date, after: date, until: date, ages: Ages) -> int | None:
    """The birthday that changed the column after one day and until another, both days the school's; None where none did."""
    passed = [age for age in (ages.of_age, ages.fourteen) if after < birthday(born, age) <= until]
    return passed[0] if passed else None


def asks(asked: Asked, column: Band) -> frozenset[Part]:
    """What has to be there for something at an age."""
    return LADDER[asked][column]


def follows(column: Band, letter: Letter) -> Follows:
    """What the family's answer means for counseling that goes on."""
    return FOLLOWS[column][letter]


def stops(asked: Asked, column: Band, letter: Letter) -> bool:
    """Whether something waits because of age and answer alone. Only counseling that goes on ever does."""
    return asked is Asked.GOING_ON and follows(column, letter).stays
