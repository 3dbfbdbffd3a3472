"""What the clauses about letters that somebody writes to the center may look at. `facts` shows it to everybody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A letter about to be sent. Guard: the writer's client row.

    `read`: whether a key of somebody's opens it. `way_back`: whether the keys that seal it will open the answer, too.
    """

    said: bool
    read: bool = True
    way_back: bool = True


@dataclass(frozen=True, slots=True)
class MailFacts:
    """A letter that is opened, sorted, answered or closed. Guard: its row; membership changes with keyring and case.

    `invites_who_left`: the answer offers a time, and the client has ended it after writing. Guard: the case row, too.
    """

    reader: bool
    open: bool = True
    listed: bool = True
    said: bool = True
    invites_who_left: bool = False


@dataclass(frozen=True, slots=True)
class LetterTimeFacts:
    """A letter about to be destroyed. Guard: its row."""

    over: bool
