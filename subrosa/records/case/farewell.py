"""The letter at the end: written by the counselor, the client's from the closing on, kept when the counselor's key ends."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, FarewellFacts
from subrosa.records import audit
from subrosa.records.notice.book import tell
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text, open_text

from .facts import own_facts
from .letter_text import LetterText
from .models import Case, Letter
from .queries import letter, letters, on_care_team

NOTICE = "letter"


def _facts(*, by: Actor, case: Case, text: LetterText, **_: Any) -> tuple[CareTeamFacts, FarewellFacts]:
    handed_over = case.closed_at is not None and letter(case.pk) is not None
    return CareTeamFacts(on_care_team(case, by)), FarewellFacts(
        bool(text.unsourced()), handed_over, left=case.left_at is not None
    )


@audit.act(Act.WRITE_LETTER, on="case", facts=_facts)
def write_letter(*, by: Actor, at: datetime, case: Case, text: LetterText, once: UUID | None = None) -> Letter:
    """Write it, or write it anew while the case is open. From the closing on it lies with the client's things."""
    key = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id).key(Scope.SHARED)
    row = letter(case.pk)
    if row is not None and open_text(row, "text", key) == text.as_text():
        audit.goes_on()  # pressed with the closing as it was kept before
        return row
    row = row or Letter(case=case)
    row.author_id, row.written_at = by.id, at
    sealed = close_text(row, "text", text.as_text(), key)
    row.save()
    audit.sealed(hashlib.sha256(sealed).digest())
    if case.closed_at is not None:
        tell(to=case.client_id, kind=NOTICE, about=row.pk, at=at)
    return row


def lies_there(case: Case, at: datetime, *, gone: bool) -> None:
    """Part of a closing: a letter that waits is the client's from now on, and the client is told so; or it is taken away.

    Whoever has ended it is told nothing more: what was written before lies there to be found.
    """
    row = letter(case.pk)
    if row is not None and gone:
        row.delete()
    elif row is not None and case.left_at is None:
        tell(to=case.client_id, kind=NOTICE, about=row.pk, at=at)


@audit.act(Act.READ_LETTER, on="case", facts=own_facts, reads=True)
def read_letter(*, by: Actor, at: datetime, case: Case) -> LetterText | None:
    """The client opens the letter of a case that is closed; None where there is none."""
    key = rings.open_ring("case", case.pk, opener_of(by)).key(Scope.SHARED)
    row = next(iter(letters([case.pk])), None)
    return LetterText.of(open_text(row, "text", key)) if row is not None else None
