"""Files go with their case. Part of the act that destroys it, never one itself."""

from __future__ import annotations

from subrosa.records.case.models import Case

from .models import Attachment, Piece


def forget_files(case: Case) -> None:
    """Every file and every upload of a case, pieces first: without the case's key none would open, and here none is left."""
    Piece.objects.filter(attachment__in=Attachment.objects.filter(case=case)).delete()
    Attachment.objects.filter(case=case).delete()
