"""One case given back without its holders: the lead names who takes over, two sheets are typed, only this case opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import RecoveryFacts, WideningFacts
from subrosa.policy.roles import Role
from subrosa.policy.rows.joining import CASE_AT_ONCE
from subrosa.policy.ruling import Boundary, Owed
from subrosa.records import audit
from subrosa.records.duty.book import settle
from subrosa.records.notice.book import seen_by, tell
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import shown_until
from subrosa.records.vault import rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.recovering import end_rehearsal, recover, rehearsal, typed
from subrosa.records.vault.rings import Holder, Scope

from .joining import NOTICE, end_joinings
from .models import CareMember, Case, Joining
from .models import Recovery as Recovery
from .states import State

GROUNDS = ("counselor_gone", "legal_demand")
KIND = "recover"


def _naming(*, case: Case, holder: Staff, ground: str, **_: Any) -> tuple[RecoveryFacts]:
    pair = Keypair.objects.filter(pk=holder.keypair_id or UUID(int=0)).exclude(certificate=None).first()
    fits = pair is not None and holder.state == "active" and Role.COUNSELOR in holder.roles
    return (RecoveryFacts(named=fits, ground=ground in GROUNDS, waiting=waiting(case.pk) is not None),)


def _owed(*, at: datetime, holder: Staff, **_: Any) -> list[Owed]:
    """A day after the client's page has said it for long enough."""
    return [Owed(KIND, "CONF-07", shown_until(at) + timedelta(days=1), holder.pk)]


@audit.act(Act.NAME_HOLDER, on="case", facts=_naming, owes=_owed)
def name_holder(
    *, by: Actor, at: datetime, case: Case, holder: Staff, ground: str, once: UUID | None = None
) -> Recovery:
    """Say who gets this one case back, and why. It opens nothing: the lead has no key of it and gets none.

    From now on the client's page names the colleague, and a message says that it does (none to who has ended it).
    """
    row = Recovery.objects.create(case=case, holder=holder, ground=ground, named_by=by.id, named_at=at)
    if case.left_at is None:
        tell(to=case.client_id, kind=NOTICE, about=row.pk, at=at)
    return row


def _named(*, case: Case, **_: Any) -> tuple[RecoveryFacts]:
    return (RecoveryFacts(named=True, waiting=waiting(case.pk) is not None),)


@audit.act(Act.DROP_HOLDER, on="case", facts=_named)
def drop_holder(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """Not that colleague after all: the name is gone from the client's page, the entry stays."""
    row = waiting(case.pk)
    assert row is not None, "the clause asked for it"
    _drop(row, by, at)
    return case


def _drop(row: Recovery, by: Actor, at: datetime) -> None:
    row.dropped_at = at
    row.save(update_fields=["dropped_at"])
    settle(kind=KIND, about=row, by=by.id, at=at)
    seen_by(to=row.case.client_id, kind=NOTICE, about=[row.pk], at=at)


def _recovering(
    *, by: Actor, at: datetime, recovery: Recovery, sheets: Sequence[str], at_once: str = "", **_: Any
) -> tuple[RecoveryFacts, WideningFacts]:
    row = Recovery.objects.get(pk=recovery.pk)
    mine = row.holder_id == by.id and row.done_at is None and row.dropped_at is None
    read = typed("case", row.case_id, sheets) if mine else None
    seats = frozenset(read.seats) if read else frozenset()
    shown = WideningFacts(waited=shown_until(row.named_at) <= at, ground=at_once in CASE_AT_ONCE if at_once else None)
    return RecoveryFacts(named=mine, seats=len(seats), wrong=read.wrong if read else ()), shown


@audit.act(Act.RECOVER_CASE, on=("recovery.case", "recovery"), facts=_recovering)
def recover_case(
    *, by: Actor, at: datetime, recovery: Recovery, sheets: Sequence[str], at_once: str = "", once: UUID | None = None
) -> Recovery:
    """Join the case's root from two sheets, in the named holder's session, and keep a grant of it. No other case opens.

    `at_once` is the ground where the client's page has not named the holder for long enough: the client knows, or danger.
    """
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
    recovery.at_once = "" if shown_until(recovery.named_at) <= at else at_once
    recovery.save(update_fields=["done_at", "at_once"])
    settle(kind=KIND, about=recovery, by=by.id, at=at)
    return recovery


def nobody_follows(colleague: Staff, *, by: Actor, at: datetime) -> None:
    """Part of an account's end: whoever was to open more files, shown or named, does not any more."""
    end_joinings(Joining.objects.select_related("case").filter(staff=colleague, ended_at=None), at)
    for named in Recovery.objects.select_related("case").filter(holder=colleague, done_at=None, dropped_at=None):
        _drop(named, by, at)


def recovery(key: UUID) -> Recovery | None:
    """One recovery with its case."""
    return Recovery.objects.select_related("case").filter(pk=key).first()


def waiting_of(cases: Iterable[UUID]) -> dict[UUID, Recovery]:
    """What waits for its sheets, by case."""
    return {row.case_id: row for row in Recovery.objects.filter(case__in=list(cases), done_at=None, dropped_at=None)}


def waiting(case: UUID) -> Recovery | None:
    """The recovery of a case that was named and not done yet."""
    return Recovery.objects.filter(case=case, done_at=None, dropped_at=None).first()


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
