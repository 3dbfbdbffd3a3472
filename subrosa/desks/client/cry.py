"""Send to the duty counselor now: pressed where words of danger were noticed, and nothing is sent before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from django.http import HttpRequest

from subrosa.policy.actor import Actor
from subrosa.policy.ruling import Refused
from subrosa.records.outreach.actions import send_to_duty

from .plain import told
from .talk_text import MOST_SENT, line_ends


@dataclass(frozen=True, slots=True)
class Cry:
    """What became of the press: sent, or why not."""

    sent: bool
    why: str = ""


def cry(by: Actor, at: datetime, request: HttpRequest, once: UUID | None, *, box: str = "reason") -> Cry:
    """Send what stands in the box as it stands; the form stays as it was."""
    text = line_ends(request.POST.get(box, ""))[:MOST_SENT]
    name, contact = request.POST.get("name", "").strip(), request.POST.get("contact", "").strip()
    reach = " · ".join(one for one in (name, contact) if one)
    key = uuid5(once or NAMESPACE_OID, f"duty {text}")  # the key of booking is another; the same words are sent once
    try:
        send_to_duty(by=by, at=at, text=text, reach=reach, once=key if once else None)
    except Refused as refused:
        return Cry(sent=False, why=" ".join(one.text for one in told(refused.ruling).reasons))
    return Cry(sent=True)
