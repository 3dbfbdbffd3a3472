"""The state of a walk: who is there, what time it is, what was made; and `press`, by which every step acts.

A step is a function over this state. It presses the same actions as the pages and says what must come of it:

    def a_counselor_without_signature_waits(walk: Walk) -> None:
        walk.press(
            "receive clients before the code is signed",
            standing.receive_clients,
            by="lin",
            must=NOT_YET,
            under=("ETH-01",),
            missing=("code_signature",),
        )

`under` are the clauses that the answer must name: of a *done* at least these, of the other two exactly these.
What a later step needs is put into `walk.things`; `walk.wait(days=30)` lets time pass. What is no act is a `look`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from subrosa.policy.actor import CLOCK, DOOR, Actor
from subrosa.policy.charter import CHARTER
from subrosa.policy.ruling import Outcome, Refused
from subrosa.records.audit.queries import entry_count
from subrosa.records.roster.sheet import Card
from subrosa.records.school import context

R = TypeVar("R")
DONE, NOT_YET, REFUSED = Outcome.DONE, Outcome.NOT_YET, Outcome.REFUSED
BEGIN = datetime(2026, 9, 7, 0, 30, tzinfo=UTC)  # a Monday at 8:30 in China, the first week of the school year
WORDS = {DONE: "done", NOT_YET: "not yet", REFUSED: "refused"}


class Broken(Exception):
    """A step neither passed nor was refused: the walk cannot go on."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One step as it was taken; with --json exactly these fields are printed."""

    step: str
    act: str
    by: str
    outcome: Outcome
    clauses: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(slots=True)
class Walk:
    """One walk: its two schools, its people by sign-in name, its clock, and what the steps hand on."""

    as_json: bool = False
    cards: Sequence[Card] = ()
    at: datetime = BEGIN
    people: dict[str, Actor] = field(default_factory=lambda: {"door": DOOR, "clock": CLOCK})
    roles: dict[str, str] = field(default_factory=dict)
    schools: dict[str, context.Ground] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    keys: set[UUID] = field(default_factory=set)
    steps: int = 0
    faults: int = 0
    goes_on: bool = False

    def go(self, steps: Iterable[Callable[[Walk], None]]) -> None:
        """Take the steps in order, for the first school as soon as there is one; Broken where the walk cannot go on."""
        for step in steps:
            with context.on(self.schools.get("first")):
                try:
                    step(self)
                except Broken:
                    raise
                except Exception as error:
                    raise Broken(f"{step.__name__}: {type(error).__name__}: {error}") from error

    def meet(self, name: str, role: str, actor: Actor) -> None:
        """Somebody from now on known by a sign-in name."""
        self.people[name], self.roles[name] = actor, role

    def id(self, name: str) -> UUID:
        """The id of somebody by sign-in name."""
        return self.people[name].id

    def forget_opened(self) -> None:
        """What lasts one request on a page lasts until here: nobody keeps an opened key."""
        for actor in self.people.values():
            if actor.opener is not None:
                actor.opener.forget()

    def wait(self, **span: int) -> None:
        """Let time pass: `walk.wait(days=30)`."""
        self.at += timedelta(**span)

    def wait_until(self, moment: datetime) -> None:
        """Let time pass until just after a moment."""
        self.at = max(self.at, moment + timedelta(minutes=1))

    def press(
        self,
        step: str,
        action: Callable[..., R],
        *,
        by: str,
        must: Outcome = DONE,
        under: tuple[str, ...] = (),
        missing: tuple[str, ...] | None = None,
        **given: Any,
    ) -> R:
        """Press an action as `by`, a minute later than the last, and print what came of it.

        Answers what the action answers when it was done, else None. `missing` is compared where it is given. The log must
        have gained an entry, or none where the key of repetition (`once`) was used before or the act goes on with what
        was begun.
        """
        self.wait(minutes=1)
        act = action.act  # type: ignore[attr-defined]  # every action carries its act
        again = self.goes_on or given.get("once") in self.keys
        self.keys.add(given.get("once") or uuid4())
        before, answer = entry_count(), None
        outcome, clauses, lacks = DONE, CHARTER[act].clauses, tuple[str, ...]()
        try:
            answer = action(by=self.people[by], at=self.at, **given)
        except Refused as refused:
            ruling = refused.ruling
            outcome, clauses, lacks = ruling.outcome, ruling.clauses, ruling.missing
        except Exception as error:
            raise Broken(f"{step}: {type(error).__name__}: {error}") from error
        faults = _faults(outcome, clauses, must, under)
        if missing is not None and missing != lacks:
            faults.append(f"must miss {', '.join(missing) or 'nothing'}")
        if again != (entry_count() == before):
            faults.append("was done a second time" if again else "left no entry in the log")
        self._tell(Taken(step, act.value, self._who(by), outcome, clauses, lacks), faults)
        return answer  # type: ignore[return-value]  # a step that must be refused has no answer, and none is asked

    def go_on(self, step: str, action: Callable[..., R], *, by: str, **given: Any) -> R:
        """Press an action that goes on with what was begun: it is done, and leaves no entry."""
        self.goes_on = True
        try:
            return self.press(step, action, by=by, **given)
        finally:
            self.goes_on = False

    def look(self, step: str, *, by: str, sees: bool, under: tuple[str, ...] = ()) -> None:
        """Say what somebody sees; no act and no entry. It must be so."""
        taken = Taken(step, "look", self._who(by), DONE if sees else NOT_YET, under, ())
        self._tell(taken, [] if sees else ["must be so"])

    def _who(self, name: str) -> str:
        return f"{self.roles[name]} {name}" if name in self.roles else name

    def _tell(self, taken: Taken, faults: list[str]) -> None:
        self.steps += 1
        self.faults += bool(faults)
        if self.as_json:
            print(json.dumps(_as_object(taken), ensure_ascii=False), flush=True)
            for fault in faults:
                print(f"{taken.step}: {fault}", file=sys.stderr)
            return
        line = f"{self.steps:>3}  {WORDS[taken.outcome]:<8} {taken.step} ({taken.by}; {', '.join(taken.clauses)})"
        lacks = f" missing: {', '.join(taken.missing)}" if taken.missing else ""
        print(line + lacks + "".join(f"\n     !! {fault}" for fault in faults), flush=True)

    def last_line(self) -> str:
        """The count at the end."""
        if self.faults:
            return f"{self.faults} of {self.steps} steps did not have the outcome that they must have"
        return f"{self.steps} steps, each with the outcome that it must have"


def _faults(outcome: Outcome, clauses: tuple[str, ...], must: Outcome, under: tuple[str, ...]) -> list[str]:
    faults = []
    if outcome is not must:
        faults.append(f"must be: {WORDS[must]}")
    fits = set(under) <= set(clauses) if must is DONE else set(under) == set(clauses)
    if not fits:
        faults.append(f"must name {', '.join(under)}")
    return faults


def _as_object(taken: Taken) -> dict[str, object]:
    return {
        "step": taken.step,
        "act": taken.act,
        "by": taken.by,
        "outcome": taken.outcome.value,
        "clauses": list(taken.clauses),
        "missing": list(taken.missing),
    }
