"""One more holder of a file, as it happens: shown to the client, who is told, then the key."""

from __future__ import annotations

from datetime import datetime

from subrosa.policy.actor import Actor
from subrosa.records.case.joining import grant_case, show_joining
from subrosa.records.case.models import CareMember, Case
from subrosa.records.person.models import Staff


def joined(*, by: Actor, at: datetime, case: Case, colleague: Staff) -> CareMember:
    """Bring a colleague in."""
    show_joining(by=by, at=at, case=case, colleague=colleague)
    return grant_case(by=by, at=at, case=case, colleague=colleague, told=True)
