"""What reaches the center from outside: requests, slips, letters, lines, codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What somebody said before the first meeting, and who would read it. Guard: the case row."""

    on_team: bool
    duty_holds: bool = False
    met: bool = False


@dataclass(frozen=True, slots=True)
class InquiryFacts:
    """Somebody asks about somebody: which kind of caller, and whether a disclosure allows a word. Guard: the inquiry row."""

    listed: bool
    disclosed: bool = False


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """Something left for the duty team: whether there is one, and how much came in this hour. Guard: the door's advisory lock."""

    team: bool
    nameless: bool = True
    last_hour: int = 0
    most: int = 1


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A worry slip or cry, and what is to become of it. Guard: its row; membership changes with the team's keyring."""

    on_team: bool
    open: bool = True
    listed: bool = True


@dataclass(frozen=True, slots=True)
class FirstContactFacts:
    """How many first contacts from the door wait unseen. Guard: the advisory lock of the door."""

    waiting: int
    most: int


@dataclass(frozen=True, slots=True)
class TryFacts:
    """How often a return code with these first four digits was typed wrong within the hour. Guard: its advisory lock."""

    wrong: int
    most: int


@dataclass(frozen=True, slots=True)
class HelplineFacts:
    """The lines that the help page would show, in their order, and which of them may not answer. Guard: an advisory lock."""

    shown: tuple[str, ...]
    may_not_answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """Why a client is declined. Guard: the client row."""

    listed: bool


@dataclass(frozen=True, slots=True)
class TraitFacts:
    """What somebody wants a list sorted or filtered by. Guard: none, nothing is read by it."""

    is_trait: bool
