"""Texts sealed to a public half: what must be saved while nobody can read."""

from __future__ import annotations

from uuid import UUID

from subrosa.crypto.envelope import Bound, Scope
from subrosa.crypto.errors import CannotOpen
from subrosa.crypto.wrapping import open_with, seal_to
from subrosa.policy.ruling import Boundary
from subrosa.records.school.context import current_school
from subrosa.records.school.models import SchoolRow

from .keys import check_certificate
from .models import Keypair
from .opened import Opened
from .opener import Opener


def keypair_of_staff(staff: UUID) -> Keypair:
    """A colleague's key pair in force, certified: nothing is sealed to a public half that somebody put in its place."""
    pair = Keypair.objects.get(kind="staff", of=staff, ended_at=None)
    check_certificate(pair)
    return pair


def keypair_of_desk() -> Keypair:
    """The desk's key pair in force, certified: what is said at the door is sealed to it and to nothing that was planted."""
    pair = Keypair.objects.get(kind="desk", ended_at=None)
    check_certificate(pair)
    return pair


def _bound(row: SchoolRow, field: str) -> Bound:
    number: int = row._meta.get_field(field).number  # type: ignore[union-attr]  # a closed field carries its number
    return Bound(current_school(), number, row.pk, Scope.HELD)


def close_to(row: SchoolRow, field: str, text: str, holder: Keypair) -> None:
    """Seal a text to a holder's public half: needs no open vault."""
    setattr(row, field, seal_to(bytes(holder.seal_public), text.encode(), _bound(row, field)))


def open_own(row: SchoolRow, field: str, who: Opener) -> Opened:
    """Open what was sealed to the own public half; a boundary for anything else."""
    try:
        return Opened(open_with(who.seal, bytes(getattr(row, field)), _bound(row, field)).decode())
    except CannotOpen as error:
        raise Boundary("CONF-02", "only_a_holder_opens") from error
