"""The log's own custody: a log that does not hold is an incident of lead and custodians until one of them explains it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import IncidentFacts
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.audit.models import Checkpoint, Entry
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff

KIND = "broken_ledger"
EXPLANATIONS = ("restored", "machine", "outside")
KEEPERS = {Role.LEAD, Role.CUSTODIAN}


def _incident(*, at: datetime, **_: Any) -> list[Owed]:
    """Owed at once by every lead and custodian, unless it is already."""
    if open_since() is not None:
        return []
    active = Staff.objects.filter(state="active").order_by("invited_at", "id")
    keepers = [one.pk for one in active if KEEPERS & {Role(role) for role in one.roles}]
    return [Owed(KIND, "CONF-04", at, one) for one in keepers]


@audit.act(Act.REPORT_BROKEN_LEDGER, owes=_incident)
def report(*, by: Actor, at: datetime) -> None:
    """The nightly check, or a browser that has seen another log, says that this one was changed."""


def _explaining(*, how: str, **_: Any) -> tuple[IncidentFacts]:
    return (IncidentFacts(open=open_since() is not None, explained=how in EXPLANATIONS),)


@audit.act(Act.EXPLAIN_LEDGER, facts=_explaining)
def explain(*, by: Actor, at: datetime, how: str, once: UUID | None = None) -> None:
    """One of a closed list; that it was explained, by whom and when, is an entry of the log itself."""
    Duty.objects.filter(kind=KIND, settled_at=None).update(settled_at=at, settled_by=by.id)


@audit.act(Act.RESTORE_HOUSE)
def restored(*, by: Actor, at: datetime) -> Checkpoint | None:
    """A backup was put back: the entry names the checkpoint, and with it the size, to which the log came back.

    None where nothing is signed yet; `subrosa restore` signs first.
    """
    return Checkpoint.objects.order_by("-size", "-at").first()


@dataclass(frozen=True, slots=True)
class Restored:
    """When a backup was put back, and how many entries the log had then."""

    at: datetime
    size: int


def restorations() -> list[Restored]:
    """Every time that this school's data came back from a backup, the latest first."""
    found = Entry.objects.filter(act=Act.RESTORE_HOUSE, outcome="done").order_by("-at").values_list("at", "about")
    keys = {about.partition(":")[2]: at for at, about in found}
    sizes = dict(Checkpoint.objects.filter(pk__in=list(keys)).values_list("id", "size"))
    return [Restored(at, sizes[UUID(key)]) for key, at in keys.items() if UUID(key) in sizes]


def open_since() -> datetime | None:
    """Since when an incident of the log waits for its explanation."""
    row = Duty.objects.filter(kind=KIND, settled_at=None).order_by("opened_at").first()
    return row.opened_at if row else None
