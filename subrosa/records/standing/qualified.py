"""Who is qualified on a day, and what the register holds: frozen values. The number of statements never depends on the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from subrosa.policy.credentials import CredentialKind, step_due
from subrosa.policy.roles import Role
from subrosa.records.duty.models import Duty
from subrosa.records.person.access import ACTIVE, LEFT
from subrosa.records.person.models import Staff
from subrosa.records.person.queries import names
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.server import open_personal

from .models import Credential

GIVEN = timedelta(days=60)  # that the update left to who was here: as in the migration person.0004


class State(StrEnum):
    """How one credential stands on a day."""

    VERIFIED = "verified"
    WAITS = "waits"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Kept:
    """One credential as the register shows it to its owner and to who verifies."""

    id: UUID
    staff: UUID
    kind: CredentialKind
    number: Opened
    until: date | None
    state: State
    seen_by: Opened
    seen_at: datetime | None
    entered_at: datetime
    seen_on: date | None = None


def _lasting(day: date) -> Q:
    return Q(ended_at=None, seen_at__isnull=False) & (Q(until=None) | Q(until__gte=day))


def qualified(staff: Iterable[UUID], day: date) -> set[UUID]:
    """Of some colleagues, those with a credential that somebody else has seen and that lasts on a day."""
    found = Credential.objects.filter(_lasting(day), staff_id__in=list(staff))
    return set(found.values_list("staff_id", flat=True))


def may_be_offered(colleague: Staff, day: date) -> bool:
    """Verified, or still within the time that a center had when the register began."""
    return in_time(colleague, day) or bool(qualified([colleague.pk], day))


def in_time(colleague: Staff, day: date) -> bool:
    """Whether the day by which an older colleague's certificate is to be entered lies ahead."""
    return colleague.credential_by is not None and day <= colleague.credential_by


def kinds_on(staff: Iterable[UUID], at: datetime) -> dict[UUID, list[CredentialKind]]:
    """What was verified about some colleagues at a moment, the kinds alone, in the list's order: what a card shows."""
    day = calendar().local(at)
    rows = Credential.objects.filter(staff_id__in=list(staff), seen_at__lte=at)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=at)).filter(Q(until=None) | Q(until__gte=day))
    found: dict[UUID, set[str]] = {}
    for key, kind in rows.values_list("staff_id", "kind"):
        found.setdefault(key, set()).add(kind)
    return {key: [kind for kind in CredentialKind if kind in kinds] for key, kinds in found.items()}


def kept_of(staff: Iterable[UUID] | None, at: datetime) -> list[Kept]:
    """What the register holds of some colleagues, or of everybody; what was taken back is left out. Oldest first."""
    rows: QuerySet[Credential] = Credential.objects.filter(ended_at=None)
    found = list((rows if staff is None else rows.filter(staff_id__in=list(staff))).order_by("entered_at", "id"))
    who = names(one.seen_by_id for one in found if one.seen_by_id)
    day = calendar().local(at)
    return [_kept(row, day, who.get(row.seen_by_id, Opened("")) if row.seen_by_id else Opened("")) for row in found]


def _kept(row: Credential, day: date, seen_by: Opened) -> Kept:
    state = State.WAITS if row.seen_at is None else State.VERIFIED
    if row.until is not None and row.until < day:
        state = State.EXPIRED
    kind, number = CredentialKind(row.kind), open_personal(row, "number")
    return Kept(row.pk, row.staff_id, kind, number, row.until, state, seen_by, row.seen_at, row.entered_at, row.seen_on)


def credential(key: UUID) -> Credential | None:
    """One credential."""
    return Credential.objects.select_related("staff").filter(pk=key).first()


def who_looks(colleague: UUID) -> UUID | None:
    """Who is asked to see an original: another lead; where the lead counsels alone, the steward; None where nobody can."""
    rows = Staff.objects.filter(state=ACTIVE).exclude(pk=colleague).order_by("invited_at", "id")
    found = list(rows.values_list("pk", "roles"))
    return next((key for role in (Role.LEAD, Role.STEWARD) for key, roles in found if role in roles), None)


def outside_professionals() -> dict[UUID, Opened]:
    """Whom the center has named outside the school, by id, in the order of naming."""
    rows = Staff.objects.filter(outside=True).exclude(state=LEFT).order_by("invited_at", "id")
    keys = list(rows.values_list("pk", flat=True))
    called = names(keys)
    return {key: called[key] for key in keys}


def register_began() -> date | None:
    """The day from which on this center keeps a register: its first entry, or the day of the update; None before both.

    Who was here on the day of the update got so many days from then: that day is read from the one given to them.
    """
    given = Staff.objects.aggregate(d=Min("credential_by"))["d"]
    entered = Credential.objects.aggregate(d=Min("entered_at"))["d"]
    days = [given - GIVEN] if given else []
    return min([*days, calendar().local(entered)] if entered else days, default=None)


def without_credential(at: datetime, only: UUID | None = None) -> list[Staff]:
    """Counselors at work without a verified credential who do not owe one yet."""
    rows = Staff.objects.filter(state="active", keypair__certificate__isnull=False).order_by("invited_at", "id")
    found = [one for one in (rows.filter(pk=only) if only else rows) if Role.COUNSELOR in one.roles]
    if not found:
        return []
    verified = qualified([one.pk for one in found], calendar().local(at))
    owing = set(Duty.objects.filter(kind="credential", settled_at=None).values_list("owner_id", flat=True))
    return [one for one in found if one.pk not in verified | owing]


def reminders_due(day: date, steps: list[int]) -> list[Credential]:
    """Credentials of colleagues at work whose next reminder is due; none where something lasts longer than this one."""
    rows = Credential.objects.select_related("staff").filter(_lasting(day), staff__state="active")
    every = list(rows.order_by("until", "id"))
    longest: dict[UUID, date] = {}
    for one in every:
        longest[one.staff_id] = max(longest.get(one.staff_id, date.min), one.until or date.max)
    due = (one for one in every if one.until is not None and one.until == longest[one.staff_id])
    return [one for one in due if one.until and step_due(one.until, day, steps, one.reminded) is not None]
