"""The mark that makes a function a clause: id in the register, date in force, and what a "no" means."""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..ruling import Outcome, Reason

F = typing.TypeVar("F")


@dataclass(frozen=True, slots=True)
class Clause(typing.Generic[F]):
    """One rule of the code. `holds(facts)` is the sentence; `needs` the kind of facts that it looks at."""

    id: str
    name: str
    since: date
    needs: type[F]
    holds: Callable[[F], bool]
    otherwise: Outcome
    missing: Callable[[F], tuple[str, ...]]

    def reason(self, facts: F) -> Reason:
        """Why the rule says no to these facts."""
        return Reason(self.id, self.name, self.otherwise, self.missing(facts))


CLAUSES: dict[str, Clause[typing.Any]] = {}


def clause(
    id: str,
    *,
    since: date,
    otherwise: Outcome = Outcome.REFUSED,
    missing: tuple[str, ...] | Callable[[F], tuple[str, ...]] = (),
) -> Callable[[Callable[[F], bool]], Clause[F]]:
    """Make a predicate over facts a clause of the register.

    `missing` names the parts that a *not yet* asks for, as a tuple or as a function of the facts.
    """

    def mark(holds: Callable[[F], bool]) -> Clause[F]:
        name = holds.__name__
        if name in CLAUSES:
            raise ValueError(f"two clause functions are called {name}")
        needs = next(kind for key, kind in typing.get_type_hints(holds).items() if key != "return")
        names = missing if callable(missing) else lambda _: missing
        made = Clause(id, name, since, needs, holds, otherwise, names)
        CLAUSES[name] = made
        return made

    return mark
