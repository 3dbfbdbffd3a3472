"""The desk's names for a page, and what the desk says of a booking. Never a reason, never a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.desks.common.newcomers import meet
from subrosa.desks.common.requests import Visit
from subrosa.desks.common.rulings import NextStep, RulingShown, shown
from subrosa.desks.common.words.rules import WORDS
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Ruling
from subrosa.records.person import clients
from subrosa.records.person import queries as people

AT_THE_DESK: Final = (Role.COUNSELOR, Role.RECEPTION)
STATES: Final[Mapping[str, str]] = {
    "booked": _("expected"),
    "held": _("took place"),
    "no_show": _("nobody came"),
    "cancelled": _("cancelled"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One booking as the desk sees it: time, room, with whom, and the name where the desk's key is open."""

    row: Any
    name: str
    class_name: str
    counselor: str
    state: str
    when: str  # past, now or ahead
    open: bool
    begun: bool
    silent: bool  # asked that nobody gets in touch
    once: UUID = field(default_factory=uuid4)


def lines(there: Visit, rows: Iterable[Any]) -> list[Line]:
    """Bookings with names: one opening of the desk's names for the whole page; none where the session is locked."""
    rows = list(rows)
    who: Mapping[UUID, clients.Identity] = {}
    if rows and not there.locked:
        meet(there, {row.client_id for row in rows})
        who = clients.read_identities(by=there.by, at=there.at, clients={row.client_id for row in rows})
    counselors = people.names({row.staff_id for row in rows})
    return [_line(row, who.get(row.client_id), counselors.get(row.staff_id, ""), there.at) for row in rows]


def _line(row: Any, identity: clients.Identity | None, counselor: str, at: datetime) -> Line:
    when = "past" if row.ends_at <= at else "now" if row.starts_at <= at else "ahead"
    name = clients.name_shown(identity)
    is_open = row.state == "booked"
    state = _("not noted yet") if is_open and when == "past" else STATES[row.state]
    class_name = identity.class_name if identity else ""
    silent = identity is not None and identity.not_to_be_called
    return Line(row, name, class_name, counselor, gettext(state), when, is_open, at >= row.starts_at, silent)


def at_the_desk(ruling: Ruling) -> RulingShown:
    """A ruling on the desk's pages: the client's own next steps are the client's, so no button leads there."""
    found = shown(ruling)
    if any(reason.rule == "counseling_goes_on_only_signed" for reason in ruling.reasons):
        said = _("Only the client can sign: here on this device, which you hand over, or on the own account.")
        return replace(found, next=NextStep(gettext("To handing the device over"), "#device"), instead=gettext(said))
    if any(reason.rule == "after_a_familys_no_somebody_else_is_heard" for reason in ruling.reasons):
        plain = [  # what is missing is not the desk's business
            replace(one, text=gettext(WORDS[said.rule]))
            for one, said in zip(found.reasons, ruling.reasons, strict=True)
        ]
        instead = _("Ask the counselor for the next time. Who comes by is received as always.")
        return replace(found, reasons=plain, next=None, instead=gettext(instead))
    return found
