"""Who stands how to the code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from subrosa.policy.roles import Role
from subrosa.records.duty.queries import late_records
from subrosa.records.person.models import Staff
from subrosa.records.person.queries import Colleague, colleague
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.server import open_personal

from .models import CodeVersion, PrincipalPage, Signature
from .qualified import in_time, qualified


@dataclass(frozen=True, slots=True)
class Standing:
    """One colleague and the code: the version in force, the one signed, and what follows."""

    person: Colleague
    in_force: int
    signed: int
    sign_until: datetime | None
    overdue: bool
    late_records: int = 0
    pause_after_late: int = 3
    verified: bool = False
    credential_by: date | None = None

    @property
    def paused_by_late(self) -> bool:
        """So many records are late that nobody new is offered this person; running cases go on."""
        return self.late_records >= self.pause_after_late

    @property
    def owes(self) -> bool:
        """A signature is missing."""
        return self.signed < self.in_force

    @property
    def offered(self) -> bool:
        """New clients are offered this person."""
        ready = self.person.state == "active" and self.person.receiving and self.signed > 0
        return ready and not self.overdue and not self.paused_by_late and not self.paused_by_credential

    @property
    def paused_by_credential(self) -> bool:
        """Nobody has verified a credential that lasts, and the time to enter one is over; running cases go on."""
        return not self.verified and self.credential_by is None


def version_in_force() -> CodeVersion | None:
    """The latest version; none before the first is published."""
    return CodeVersion.objects.order_by("-number").first()


def version(key: str) -> CodeVersion | None:
    """One version by its id as a form carries it."""
    try:
        return CodeVersion.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def versions() -> list[CodeVersion]:
    """All versions, newest first."""
    return list(CodeVersion.objects.order_by("-number"))


def _standings(found: Iterable[Staff], at: datetime) -> list[Standing]:
    rows = list(found)
    late, most = late_records([row.pk for row in rows], at), school_profile()["records.pause_new_clients_after_late"]
    latest, day = version_in_force(), calendar().local(at)
    verified = qualified([row.pk for row in rows], day)
    signed = dict(Signature.objects.values_list("staff").annotate(n=Max("version__number")))
    result = []
    for row in rows:
        number = signed.get(row.pk, 0)
        overdue = latest is not None and 0 < number < latest.number and at > latest.sign_until
        person = colleague(row)
        in_force, until = (latest.number, latest.sign_until) if latest else (0, None)
        by = row.credential_by if in_time(row, day) else None
        state = (late.get(row.pk, 0), most, row.pk in verified, by)
        result.append(Standing(person, in_force, number, until, overdue, *state))
    return result


def standing_of(key: UUID, at: datetime) -> Standing:
    """How one colleague stands."""
    return _standings(Staff.objects.select_related("keypair").filter(pk=key), at)[0]


def standings(at: datetime) -> list[Standing]:
    """How everybody stands, in the order of invitation: five statements for any number of colleagues."""
    return _standings(Staff.objects.select_related("keypair").order_by("invited_at", "id"), at)


def nobody_looks(everybody: Iterable[Standing]) -> list[Standing]:
    """Counselors at work without a verified credential whose original nobody here can look at."""
    here = [one for one in everybody if one.person.state == "active"]
    looks = {one.person.id for one in here if {Role.LEAD, Role.STEWARD} & set(one.person.roles)}
    owing = (one for one in here if Role.COUNSELOR in one.person.roles and not one.verified)
    return [one for one in owing if not looks - {one.person.id}]


def offered_to_new_clients(at: datetime) -> list[Colleague]:
    """Who may be chosen by somebody who comes for the first time."""
    return [one.person for one in standings(at) if one.offered and "counselor" in one.person.roles]


def principal_page() -> PrincipalPage | None:
    """The principal's page in force; none before it is signed."""
    return PrincipalPage.objects.order_by("-signed_at").first()


def principal_signer(page: PrincipalPage) -> Opened:
    """Who signed the principal's page."""
    return open_personal(page, "signer")
