"""What can be asked about cases; nothing here opens a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.records.person.clients import accounts_of
from subrosa.records.vault.models import Grant
from subrosa.records.vault.taking import holds

from .models import CareMember, Case, Goal, Letter, Plan
from .states import IN_HAND, State


def on_care_team(case: Case, by: Actor) -> bool:
    """Counselor of the case, or a member of its care team now."""
    if by.kind is not Kind.STAFF:
        return by.kind is Kind.CLIENT and case.client_id == by.id
    if case.counselor_id == by.id:
        return True
    return CareMember.objects.filter(case=case, staff_id=by.id, until=None).exists()


def case(key: UUID) -> Case | None:
    """One case of this school."""
    return Case.objects.select_related("client", "counselor").filter(pk=key).first()


def open_case_of(client: UUID) -> Case | None:
    """The client's open case; there is at most one."""
    return Case.objects.select_related("counselor").filter(client_id=client, state=State.OPEN).first()


def cases_of_client(client: UUID) -> list[Case]:
    """Every case of a client, newest first."""
    return list(Case.objects.filter(client_id=client).order_by("-opened_at"))


def my_case_count(staff: UUID) -> int:
    """How many open and closed cases a counselor has."""
    return Case.objects.filter(counselor_id=staff, state__in=IN_HAND).count()


def shared_with(staff: UUID) -> list[Case]:
    """Cases of colleagues on whose care team this person is now, newest first; at most thirty."""
    rows = Case.objects.filter(state__in=IN_HAND, pk__in=_memberships(staff))
    return list(rows.order_by("-opened_at", "id")[:30])


def _memberships(staff: UUID) -> list[UUID]:
    return list(CareMember.objects.filter(staff_id=staff, until=None).values_list("case_id", flat=True))


def care_team(key: UUID) -> set[UUID]:
    """Who is on the care team beside the counselor."""
    return set(CareMember.objects.filter(case_id=key, until=None).values_list("staff_id", flat=True))


def goal(key: UUID, case: UUID) -> Goal | None:
    """One goal of one case."""
    return Goal.objects.filter(pk=key, case_id=case).first()


def goals(key: UUID) -> list[Goal]:
    """The goals of a case, in the order in which they were agreed."""
    return list(Goal.objects.filter(case_id=key).order_by("agreed_at", "id"))


def latest_plan(key: UUID) -> Plan | None:
    """The last version of a case's plan, agreed or proposed."""
    return Plan.objects.filter(case_id=key).order_by("-number").first()


def plan(key: UUID, case: UUID) -> Plan | None:
    """One version of one case's plan."""
    return Plan.objects.filter(pk=key, case_id=case).first()


def plans(key: UUID) -> list[Plan]:
    """Every version of a case's plan, oldest first."""
    return list(Plan.objects.filter(case_id=key).order_by("number"))


def plan_agreed(key: UUID) -> bool:
    """Whether a case has a plan to which both said yes."""
    return Plan.objects.filter(case_id=key).exclude(agreed_at=None).exists()


def letter(case: UUID) -> Letter | None:
    """The letter at the end of a case."""
    return Letter.objects.filter(case_id=case).first()


def letters(cases: Iterable[UUID]) -> list[Letter]:
    """The letters of some cases that are closed: until then a letter is still being written."""
    rows = Letter.objects.select_related("case").filter(case_id__in=list(cases))
    return list(rows.exclude(case__closed_at=None).order_by("-written_at"))


@dataclass(frozen=True, slots=True)
class Opens:
    """Somebody (or a team) whose key opens part of a case."""

    kind: str
    of: UUID
    scope: int
    dormant: bool


def who_can_open(key: UUID) -> list[Opens]:
    """Read from the grants themselves: who holds which key of a case (CON-09)."""
    rows = Grant.objects.filter(keyring__kind="case", keyring__of=key, keyring__destroyed_at=None, share=0).values_list(
        "holder__kind", "holder__of", "scope", "dormant"
    )
    return list(dict.fromkeys(Opens(*row) for row in rows.order_by("at", "id")))  # a device in hand is the client too


def account_without_key(case: Case) -> bool:
    """Whether a way in of the client's does not hold the key of what is shared: newer than the case, or made anew."""
    return any(not holds("case", case.pk, one.keypair_id) for one in accounts_of(case.client_id))
