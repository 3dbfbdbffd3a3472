"""Hours, times and what belongs to a meeting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """The time asked for, and how many records of the counselor are late. Guard: the day locks of counselor and room."""

    in_future: bool
    offered: bool
    free: bool
    counselor_receives: bool
    principal_signed: bool
    verified: bool = True  # one credential of the counselor was seen by somebody else and lasts
    trait_asked: bool = False
    new_client: bool = False
    late_records: int = 0
    pause_after_late: int = 3
    left: bool = False  # the client has ended it, and somebody else asks
    words_from_the_desk: bool = False  # a reason that neither the client nor a counselor writes


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A booking whose end is noted. Guard: the case row."""

    state: str
    begun: bool
    first: bool
    promise_said: bool
    on_its_day: bool = True


@dataclass(frozen=True, slots=True)
class HoursFacts:
    """A weekly hour about to be offered: its length, and whether counselor and room are free then. Guard: their hours' locks."""

    listed_length: bool
    free: bool


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """Somebody who sat down without a booking: what has become of it. Guard: the sitting's row."""

    open: bool = True
    file_opened: bool = False
    first_meeting: bool = False
