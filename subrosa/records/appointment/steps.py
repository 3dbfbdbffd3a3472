"""What danger owes is done: one tap on the file, or on the page of a brief contact that belongs to no file."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, StepFacts
from subrosa.records import audit
from subrosa.records.audit.entries import name_of
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.duty.steps import STEPS, open_steps, settle_steps

from .models import Sitting
from .sitting import own_sitting


def _of(case: Case | None, sitting: Sitting | None) -> dict[str, Any]:
    about = name_of(sitting) if sitting is not None else ""
    return {"case": case.pk if case is not None else None, "about": about}


def _step_facts(
    *, by: Actor, kind: str, case: Case | None = None, sitting: Sitting | None = None, **_: Any
) -> tuple[CareTeamFacts, StepFacts]:
    """Whether it is open, and whose it is. Guarded by the case row, else by the sitting's."""
    if case is not None:
        mine = CareTeamFacts(on_care_team(case, by))
    else:
        mine = own_sitting(by, sitting) if sitting is not None else CareTeamFacts(on_team=False)
    return mine, StepFacts(kind in STEPS, open_steps(**_of(case, sitting)).filter(kind=kind).exists())


@audit.act(Act.NOTE_STEP_DONE, on=("case", "sitting"), facts=_step_facts)
def note_step_done(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    case: Case | None = None,
    sitting: Sitting | None = None,
    once: UUID | None = None,
) -> None:
    """The next step was taken, or a danger was passed on to whoever has a task in it."""
    settle_steps(kind, **_of(case, sitting), by=by.id, at=at)
