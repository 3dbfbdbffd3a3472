"""What can be asked about files of a case; nothing here opens one, nor its name."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from subrosa.records.consent.actions import SCAN
from subrosa.records.duty.book import open_kinds

from .models import Attachment, Piece

ABANDONED_AFTER = timedelta(hours=24)
AT_ONCE = 20


def attachment(key: UUID, case: UUID) -> Attachment | None:
    """One file, or one upload, of one case."""
    return Attachment.objects.select_related("case").filter(pk=key, case_id=case).first()


def attached_to(case: UUID) -> list[Attachment]:
    """The files of a case, in the order in which they came."""
    return list(Attachment.objects.filter(case_id=case).exclude(attached_at=None).order_by("attached_at", "id"))


def received(upload: Attachment) -> int:
    """How many pieces of an upload are there."""
    return Piece.objects.filter(attachment=upload).count()


def abandoned(at: datetime) -> list[Attachment]:
    """Uploads that nobody went on with for a day, oldest first, some at once."""
    rows = Attachment.objects.filter(attached_at=None, begun_at__lte=at - ABANDONED_AFTER)
    return list(rows.order_by("begun_at", "id")[:AT_ONCE])


def scan_owed(case: UUID) -> bool:
    """Whether a paper was signed in this case whose scan is still owed."""
    return SCAN in open_kinds(case, [SCAN])
