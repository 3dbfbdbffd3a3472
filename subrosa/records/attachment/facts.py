"""From rows to what the clauses about files of a case may look at. Guarded by the case row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.facts import CareTeamFacts, FileFacts, ScanFacts
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.case.states import State
from subrosa.records.vault.files import PIECE

from .about import About
from .models import Attachment
from .queries import ABANDONED_AFTER, received, scan_owed


def upload_facts(*, by: Actor, case: Case, **_: Any) -> tuple[CareTeamFacts, FileFacts]:
    """A file about to be begun."""
    return CareTeamFacts(on_care_team(case, by), open=case.state == State.OPEN), FileFacts()


def _team(by: Actor, attachment: Attachment) -> CareTeamFacts:
    """On the care team, and of an upload its own author: nobody goes on with a colleague's."""
    mine = attachment.attached_at is not None or attachment.author_id == by.id
    return CareTeamFacts(mine and on_care_team(attachment.case, by), open=attachment.case.state == State.OPEN)


def piece_facts(*, by: Actor, attachment: Attachment, **_: Any) -> tuple[CareTeamFacts, FileFacts]:
    """One more piece of an upload."""
    return _team(by, attachment), FileFacts(attached=attachment.attached_at is not None)


def whole_facts(
    *, by: Actor, attachment: Attachment, about: About, rest: bytes, **_: Any
) -> tuple[CareTeamFacts, FileFacts]:
    """An upload about to be attached: as many full pieces as its size says, and the rest."""
    whole = about.size > 0 and divmod(about.size, PIECE) == (received(attachment), len(rest))
    return _team(by, attachment), FileFacts(whole=whole, attached=attachment.attached_at is not None)


def reading_facts(*, by: Actor, attachment: Attachment, **_: Any) -> tuple[CareTeamFacts]:
    """A file about to be opened; an upload that is not attached opens for nobody."""
    on_team = attachment.attached_at is not None and on_care_team(attachment.case, by)
    return (CareTeamFacts(on_team, open=attachment.case.state == State.OPEN),)


def scan_facts(*, by: Actor, attachment: Attachment, **_: Any) -> tuple[CareTeamFacts, ScanFacts]:
    """A file of the case about to be named the scan of a paper that was signed."""
    (team,) = reading_facts(by=by, attachment=attachment)
    return team, ScanFacts(owed=scan_owed(attachment.case_id))


def dropping_facts(*, by: Actor, at: datetime, attachment: Attachment, **_: Any) -> tuple[FileFacts]:
    """An upload that is given up by its author, or that nobody went on with for a day."""
    own = by.kind is Kind.STAFF and attachment.author_id == by.id
    abandoned = own or (by.kind is Kind.CLOCK and at - attachment.begun_at >= ABANDONED_AFTER)
    return (FileFacts(attached=attachment.attached_at is not None, abandoned=abandoned),)
