"""A ruling: done, not yet or refused, with its reasons and with what is owed from now on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from .acts import Act


class Outcome(StrEnum):
    """The three answers of the house. *Not yet* keeps a draft and no name; *refused* is a boundary and an entry with name."""

    DONE = "done"
    NOT_YET = "not_yet"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an act did not pass: the clause, the rule that said no (a clause function's name), and what is missing."""

    clause: str
    rule: str
    outcome: Outcome
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that a permit carries: `kind` by `owner` until `due` under `clause`, about one object."""

    kind: str
    clause: str
    due: datetime
    owner: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the charter answered. `clauses` are those kept by a permit, or those that said no."""

    act: Act
    outcome: Outcome
    clauses: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    owed: tuple[Owed, ...] = ()
    within: Act | None = field(default=None)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing over all reasons, each named once, in order."""
        return tuple(dict.fromkeys(part for reason in self.reasons for part in reason.missing))


class Refused(Exception):
    """The charter did not let an act pass; `ruling` says why and what would help (outcome `not_yet` or `refused`)."""

    def __init__(self, ruling: Ruling) -> None:
        super().__init__(f"{ruling.act}: {ruling.outcome} under {', '.join(ruling.clauses)}")
        self.ruling = ruling


class Boundary(Exception):
    """Something below the charter said no (a signature, a key): the kernel of acts makes it a ruling with its clause."""

    def __init__(self, clause: str, rule: str, *, outcome: Outcome = Outcome.REFUSED) -> None:
        super().__init__(rule)
        self.reason = Reason(clause, rule, outcome)
