"""The family's answer to the enrollment letter. Every family gets the letter, so an answer never shows who comes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .sheet import Card
from .sheet.card import LETTER


class Consent(StrEnum):
    """What the guardian said; NONE while the letter is not back."""

    YES = "yes"
    NO = "no"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The three boxes of one letter as they were handed in."""

    consent: Consent = Consent.NONE
    no_screening: bool = False
    talk_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What the minors' ladder asks of the roster: the answer, its day, and the birthday."""

    consent: Consent
    no_screening: bool
    talk_wanted: bool
    answered: date | None
    born: date | None

    def __repr__(self) -> str:
        return "…"


def kept(new: Card, old: Card | None, today: date) -> Card:
    """A card from a list, with the answers that are known already: a list takes none away, and changes what it says."""
    before = old or Card(new.number, new.name)
    said = {name: getattr(new, name) for name in LETTER if getattr(new, name) not in ("", None)}
    held = {name: getattr(before, name) for name in LETTER} | said
    return _dated(replace(new, **held), before, today, given=new.answered)


def given(card: Card, answer: Answer, today: date) -> Card:
    """A card with what was ticked for it."""
    said = replace(
        card,
        consent=str(answer.consent),
        no_screening=answer.no_screening or None,
        talk_wanted=answer.talk_wanted or None,
    )
    return _dated(said, card, today, given="")


def _dated(card: Card, before: Card, today: date, *, given: str) -> Card:
    """The day of an answer is the day it was noted, and it changes only with the answer."""
    said = (card.consent, bool(card.no_screening), bool(card.talk_wanted))
    if not any(said):
        return replace(card, answered="")
    same = said == (before.consent, bool(before.no_screening), bool(before.talk_wanted))
    return replace(card, answered=given or (before.answered if same and before.answered else today.isoformat()))
