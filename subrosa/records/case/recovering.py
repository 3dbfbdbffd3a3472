"""One case given back without its holders: the lead names who takes over, two sheets are typed, only this case opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import RecoveryFacts
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Boundary, Owed
from subrosa.records import audit
from subrosa.records.duty.book import settle
from subrosa.records.person.models import Staff
from subrosa.records.vault import rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.recovering import end_rehearsal, recover, rehearsal, typed
from subrosa.records.vault.rings import Holder, Scope

from .models import CareMember, Case
from .models import Recovery as Recovery
from .states import State

GROUNDS = ("counselor_gone", "legal_demand")
KIND = "recover"


def _naming(*, case: Case, holder: Staff, ground: str, **_: Any) -> tuple[RecoveryFacts]:
    pair = Keypair.objects.filter(pk=holder.keypair_id or UUID(int=0)).exclude(certificate=None).first()
    fits = pair is not None and holder.state == "active" and Role.COUNSELOR in holder.roles
    return (RecoveryFacts(named=fits, ground=ground in GROUNDS, waiting=waiting(case.pk) is not None),)


def _owed(*, at: datetime, holder: Staff, **_: Any) -> list[Owed]:
    return [Owed(KIND, "CONF-07", at + timedelta(days=1), holder.pk)]


@audit.act(Act.NAME_HOLDER, on="case", facts=_naming, owes=_owed)
def name_holder(
    *, by: Actor, at: datetime, case: Case, holder: Staff, ground: str, once: UUID | None = None
) -> Recovery:
    """Say who gets this one case back, and why. It opens nothing: the lead has no key of it and gets none."""
    return Recovery.objects.create(case=case, holder=holder, ground=ground, named_by=by.id, named_at=at)


def _recovering(*, by: Actor, recovery: Recovery, sheets: Sequence[str], **_: Any) -> tuple[RecoveryFacts]:
    mine = recovery.holder_id == by.id and recovery.done_at is None
    read = typed("case", recovery.case_id, sheets) if mine else None
    seats = frozenset(read.seats) if read else frozenset()
    return (RecoveryFacts(named=mine, ground=True, seats=len(seats), wrong=read.wrong if read else ()),)


@audit.act(Act.RECOVER_CASE, on=("recovery.case", "recovery"), facts=_recovering)
def recover_case(
    *, by: Actor, at: datetime, recovery: Recovery, sheets: Sequence[str], once: UUID | None = None
) -> Recovery:
    """Join the case's root from two sheets, in the named holder's session, and keep a grant of it. No other case opens."""
    who, case = opener_of(by), Case.objects.get(pk=recovery.case_id)
    ring = recover("case", case.pk, sheets)
    pair = Keypair.objects.get(pk=who.keypair)
    rings.grant_to(ring, [Holder(pair, Scope.ROOT, of=by.id)], who, clause="CONF-07", at=at)
    if recovery.ground == "counselor_gone":
        case.counselor_id = by.id
        case.save(update_fields=["counselor"])
    else:
        CareMember.objects.update_or_create(case=case, staff_id=by.id, defaults={"since": at, "until": None})
    recovery.done_at = at
    recovery.save(update_fields=["done_at"])
    settle(kind=KIND, about=recovery, by=by.id, at=at)
    return recovery


def recovery(key: UUID) -> Recovery | None:
    """One recovery with its case."""
    return Recovery.objects.select_related("case").filter(pk=key).first()


def waiting_of(cases: Iterable[UUID]) -> dict[UUID, Recovery]:
    """What waits for its sheets, by case."""
    return {row.case_id: row for row in Recovery.objects.filter(case__in=list(cases), done_at=None)}


def waiting(case: UUID) -> Recovery | None:
    """The recovery of a case that was named and not done yet."""
    return Recovery.objects.filter(case=case, done_at=None).first()


def cases_in_care() -> list[Case]:
    """Every case that is not destroyed, newest first: numbers, days and counselors, nobody's name. At most two hundred."""
    return list(Case.objects.exclude(state=State.DESTROYED).order_by("-opened_at", "id")[:200])


@audit.act(Act.DRILL)
def drill(*, by: Actor, at: datetime, sheets: Sequence[str]) -> None:
    """A case of nothing, split over the real seats, given back by the typed sheets, and destroyed: no file is touched.

    A boundary where the sheets do not give it back.
    """
    seats = list(Keypair.objects.filter(kind="seat", ended_at=None).order_by("number"))
    if not seats:
        raise Boundary("CONF-07", "nothing_is_split_over_the_seats")
    of, root = rehearsal(seats, at=at)
    ring = recover("drill", of, sheets, rehearsed=True)
    if ring.keys[Scope.ROOT] != root:
        raise Boundary("CONF-07", "a_wrong_share_gives_nothing_back")
    end_rehearsal(of, at=at)
