"""Send to the duty counselor now: pressed where words of danger were noticed, and nothing is sent before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from subrosa.desks.common import slots
from subrosa.policy.actor import Actor
from subrosa.policy.ruling import Refused
from subrosa.records.outreach.actions import send_to_duty
from subrosa.records.outreach.queries import sent_with
from subrosa.records.person import clients
from subrosa.records.school.calendar import calendar

from .plain import told
from .talk_text import MOST_SENT, line_ends

MOST_HERE = 200


@dataclass(frozen=True, slots=True)
class Cry:
    """What became of the press: sent, or why not; and where the sender is, once that was said."""

    sent: bool
    why: str = ""
    here: str = ""

    def __repr__(self) -> str:
        return "…"


def cry(by: Actor, at: datetime, request: HttpRequest, once: UUID | None, *, box: str = "reason") -> Cry:
    """Send what stands in the box as it stands, with how to find the sender; the form stays as it was.

    The same words are sent once: with a place beside them they stay the same cry, which now says where.
    """
    text, here = line_ends(request.POST.get(box, ""))[:MOST_SENT], request.POST.get("here", "").strip()[:MOST_HERE]
    reach = " · ".join(_to_be_found(request, here))
    key = uuid5(once or NAMESPACE_OID, f"duty {text}")  # the key of booking is another
    before = sent_with(key) if once else None
    if before is not None:
        key = uuid5(key, reach)
    try:
        send_to_duty(by=by, at=at, text=text, reach=reach, again=before, once=key if once else None)
    except Refused as refused:
        return Cry(sent=False, why=" ".join(one.text for one in told(refused.ruling).reasons), here=here)
    return Cry(sent=True, here=here)


def place_too(by: Actor, at: datetime, request: HttpRequest, once: UUID | None, *, box: str = "reason") -> None:
    """A place that was typed after a cry goes along with whatever press comes next: Enter in that box presses another."""
    here = request.POST.get("here", "").strip()[:MOST_HERE]
    if here and here != request.POST.get("here_sent", ""):
        cry(by, at, request, once, box=box)


def _to_be_found(request: HttpRequest, here: str) -> list[str]:
    """All that the page knows of where somebody is: what was typed so far, and the time that was chosen."""
    said = [here, *(request.POST.get(name, "").strip() for name in ("name", "contact"))]
    if request.POST.get("reach") == clients.NO_CONTACT:
        said.append(_("Do not contact me"))
    chosen = slots.picked(request.POST.get("slot", ""))
    if chosen is not None:
        when = date_format(chosen.starts_at.astimezone(calendar().zone), _("l, F j, H:i"))
        said.append(_("chose %(when)s, %(room)s (not held yet)") % {"when": when, "room": chosen.opening.room.name})
    return [one for one in said if one]
