"""What can be asked about staff and clients; nothing here opens a sealed text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.roles import Role
from subrosa.records.school.prepared import Written
from subrosa.records.vault.models import Keypair, Package
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.server import open_personal, opens_personal

from .models import Account, Staff
from .returning import PREFIX

MOST_BY_DIGITS = 20


class _Standing:
    """What is asked about an actor's own row; the row is locked FOR SHARE where `lock`."""

    ASKED: ClassVar[Mapping[bool, Written]]

    def ask(self, actor: Actor, *, lock: bool) -> None:
        """Send the question."""
        self.ASKED[lock].ask(id=actor.id)


def _of_row(sql: str) -> Mapping[bool, Written]:
    return {False: Written(sql, "id"), True: Written(f"{sql} FOR SHARE", "id")}


class StaffStanding(_Standing):
    """The roles of an active colleague now; none for anybody else."""

    ASKED = _of_row("SELECT roles, state FROM person_staff WHERE id = %s")

    def roles(self, actor: Actor, *, lock: bool) -> frozenset[Role]:
        """Read the answer."""
        for roles, state in self.ASKED[lock].rows(id=actor.id):
            if state == "active":
                return frozenset(Role(role) for role in roles)
        return frozenset()


class ClientStanding(_Standing):
    """A client acts as a client while the account is there."""

    ASKED = _of_row("SELECT 1 FROM person_account WHERE client_id = %s")

    def roles(self, actor: Actor, *, lock: bool) -> frozenset[Role]:
        """Read the answer."""
        return frozenset({Role.CLIENT}) if self.ASKED[lock].rows(id=actor.id) else frozenset()


@dataclass(frozen=True, slots=True)
class Colleague:
    """A staff member as pages show one: the name is personal, opened with the server key."""

    id: UUID
    name: Opened
    roles: tuple[Role, ...]
    state: str
    receiving: bool
    outside: bool
    certified: bool


def colleague(row: Staff) -> Colleague:
    """One staff row as a frozen value."""
    roles = tuple(Role(role) for role in row.roles)
    certified = row.keypair is not None and row.keypair.certificate is not None
    return Colleague(row.id, open_personal(row, "name"), roles, row.state, row.receiving, row.outside, certified)


def roles_of(key: UUID) -> frozenset[Role]:
    """The roles of one colleague, for a rule that asks after them beside the charter's own look; none for nobody."""
    found = Staff.objects.filter(pk=key).values_list("roles", flat=True).first()
    return frozenset(map(Role, found or ()))


def colleagues() -> list[Colleague]:
    """Everybody who is or was invited, in the order of invitation."""
    return [colleague(row) for row in Staff.objects.select_related("keypair").order_by("invited_at", "id")]


def names_open() -> bool:
    """Whether the server key opens names of those who work here: after a restore it may be another house's."""
    rows = list(Staff.objects.all())
    return not rows or any(opens_personal(row, "name") for row in rows)


def staff(key: UUID) -> Staff | None:
    """One staff row of this school."""
    return Staff.objects.select_related("keypair").filter(pk=key).first()


def names(keys: Iterable[UUID]) -> dict[UUID, Opened]:
    """Names of several staff members by id."""
    return {row.id: open_personal(row, "name") for row in Staff.objects.filter(pk__in=list(keys))}


def some_sign_ins(count: int) -> list[str]:
    """A few clients' sign-in names, for the demonstration's first lines; those whom a code leads back have none."""
    names = Account.objects.order_by("-made_at", "id").values_list("sign_in", flat=True)[: count + MOST_BY_DIGITS]
    return [name for name in names if not name.startswith(PREFIX)][:count]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the keys of a center have come: house key, seats shown, keys split over them, teams made."""

    founded: bool
    seats: int
    sealed: bool
    teams: bool


def founding_progress() -> Progress:
    """Read from the key pairs themselves."""
    kinds = list(Keypair.objects.filter(kind__in=("house", "seat", "archive")).values_list("kind", flat=True))
    return Progress("house" in kinds, kinds.count("seat"), Package.objects.exists(), "archive" in kinds)
