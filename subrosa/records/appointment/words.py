"""What a client leaves around a meeting: before it what to say today, after it what was not said. Never asked for (CLIENT-02)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import OwnFacts, WordsFacts
from subrosa.records import audit
from subrosa.records.case.states import State as CaseState
from subrosa.records.vault import rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Scope, opened_ring
from subrosa.records.vault.texts import close_text, open_text

from .models import Booking

BEFORE, AFTER = "reason", "unsaid"  # the field that each goes to


def _facts(*, by: Actor, booking: Booking, before: bool, **_: Any) -> tuple[OwnFacts, WordsFacts]:
    runs = booking.case.state == CaseState.OPEN
    return OwnFacts(own=booking.client_id == by.id), WordsFacts(before, booking.state, runs)


@audit.act(Act.LEAVE_WORDS, on=("booking.case", "booking"), facts=_facts)
def leave_words(
    *, by: Actor, at: datetime, booking: Booking, before: bool, text: str, once: UUID | None = None
) -> Booking:
    """Seal a few words to this meeting, in place of those left before; an empty text takes them back."""
    ring = rings.open_ring("case", booking.case_id, opener_of(by), to_seal=True, client=booking.client_id)
    field = BEFORE if before else AFTER
    if text.strip():
        audit.sealed(hashlib.sha256(close_text(booking, field, text, ring.key(Scope.SHARED))).digest())
    else:
        setattr(booking, field, None)
    booking.save(update_fields=[field])
    return booking


def unsaid_of(who: Opener, case: UUID) -> dict[UUID, Opened]:
    """What was left after each meeting of a case that an act of this request has opened; a boundary where none has."""
    ring = opened_ring(who, "case", case)
    rows = Booking.objects.filter(case_id=case).exclude(unsaid=None)
    return {row.pk: open_text(row, AFTER, ring.key(Scope.SHARED)) for row in rows}
