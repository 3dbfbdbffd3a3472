"""Access that one looks at and ends: own sessions, the own passphrase, a colleague's sessions, a suspension.

A session row says when it began and when it was last used; it holds no address and no kind of browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import DepartureFacts
from subrosa.records import audit
from subrosa.records.vault.models import Keypair

from .models import Link, Session, Staff
from .teams import nobody_joins

ACTIVE, SUSPENDED, LEFT, INVITED = "active", "suspended", "left", "invited"
MOST = 50  # of the sessions that a page shows
FROM: Final = {
    Act.SUSPEND_STAFF: frozenset({ACTIVE}),
    Act.LIFT_SUSPENSION: frozenset({SUSPENDED}),
    Act.END_STAFF: frozenset({INVITED, ACTIVE, SUSPENDED}),
}


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One session as its holder sees it: when it began and was last used, whether it is locked, and whether it is this one."""

    id: UUID
    began_at: datetime
    last_use: datetime
    locked: bool
    this: bool


def open_sessions(kind: Kind, holder: UUID, *, at: datetime, this: UUID | None = None) -> list[OpenSession]:
    """The sessions of one person: this one first, then the last used. One that idled too long counts as locked."""
    rows = Session.objects.filter(kind=kind, holder=holder).order_by("-last_use", "id")[:MOST]
    shown = [
        OpenSession(
            row.pk,
            row.began_at,
            row.last_use,
            row.private is None or at - row.last_use > timedelta(seconds=row.idle_seconds),
            row.pk == this,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda one: not one.this)


def session_count(holder: UUID) -> int:
    """On how many browsers somebody is signed in, locked ones too."""
    return Session.objects.filter(holder=holder).count()


@audit.act(Act.END_OWN_SESSIONS)
def end_own(*, by: Actor, at: datetime, this: UUID, which: UUID | None = None, once: UUID | None = None) -> None:
    """End one of the own sessions, or all but this one. What is somebody else's is not found."""
    rows = Session.objects.filter(kind=by.kind, holder=by.id)
    (rows.exclude(pk=this) if which is None else rows.filter(pk=which)).delete()


@audit.act(Act.CHANGE_PASSPHRASE)
def change_passphrase(*, by: Actor, at: datetime, pair: Keypair, session: Session) -> Session:
    """The same keys under a new passphrase; the recovery code stays. Every session ends, and this one begins anew."""
    Keypair.objects.filter(pk=pair.pk, of=by.id, ended_at=None).update(locked=pair.locked)
    Session.objects.filter(holder=by.id).delete()
    session.save(force_insert=True)
    return session


def departure_facts(act: Act, by: Actor, colleague: Staff) -> DepartureFacts:
    """How somebody stands whose access ends or begins again. Guarded by that staff row."""
    return DepartureFacts(oneself=colleague.pk == by.id, fits=colleague.state in FROM[act])


def _suspending(*, by: Actor, colleague: Staff, **_: Any) -> tuple[DepartureFacts]:
    return (departure_facts(Act.SUSPEND_STAFF, by, colleague),)


def _lifting(*, by: Actor, colleague: Staff, **_: Any) -> tuple[DepartureFacts]:
    return (departure_facts(Act.LIFT_SUSPENSION, by, colleague),)


def cut(colleague: Staff, at: datetime) -> None:
    """End every session of somebody and every link that still opens; part of an act, never one itself."""
    Session.objects.filter(holder=colleague.pk).delete()
    Link.objects.filter(staff=colleague, used_at=None).update(used_at=at, handed=None)


@audit.act(Act.END_STAFF_SESSIONS, on="colleague")
def end_sessions_of(*, by: Actor, at: datetime, colleague: Staff, once: UUID | None = None) -> Staff:
    """A laptop is gone: the colleague is signed out everywhere and signs in again with the passphrase."""
    cut(colleague, at)
    return colleague


@audit.act(Act.SUSPEND_STAFF, on="colleague", facts=_suspending)
def suspend(*, by: Actor, at: datetime, colleague: Staff, once: UUID | None = None) -> Staff:
    """Cut somebody's access at once. No key is taken and nothing is lost: it can be lifted."""
    return _stands(colleague, SUSPENDED, at)


@audit.act(Act.LIFT_SUSPENSION, on="colleague", facts=_lifting)
def lift(*, by: Actor, at: datetime, colleague: Staff, once: UUID | None = None) -> Staff:
    """Let somebody who was suspended sign in again; new clients wait until that person opens the own door."""
    return _stands(colleague, ACTIVE, at)


def _stands(colleague: Staff, state: str, at: datetime) -> Staff:
    cut(colleague, at)
    nobody_joins(colleague, at)
    colleague.state, colleague.receiving = state, False
    colleague.save(update_fields=["state", "receiving"])
    return colleague
