"""Which meetings have their record; no text."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from subrosa.records.appointment.models import Booking
from subrosa.records.appointment.states import State

from .models import Note


def signed_bookings(bookings: Iterable[UUID]) -> set[UUID]:
    """Of some bookings, those whose record is signed."""
    rows = Note.objects.filter(booking__in=list(bookings), adds_to=None).exclude(signed_at=None)
    return {key for key in rows.values_list("booking_id", flat=True) if key}


def short_bookings(bookings: Iterable[UUID]) -> set[UUID]:
    """Of some bookings, those with a short record: where the full one is missing, it is still owed."""
    rows = Note.objects.filter(short_of__in=list(bookings))
    return {key for key in rows.values_list("short_of_id", flat=True) if key}


def note(key: UUID) -> Note | None:
    """One record with its case."""
    return Note.objects.select_related("case").filter(pk=key).first()


def unrecorded(case: UUID) -> list[Booking]:
    """Held meetings of a case without a signed record, in order of time."""
    held = list(Booking.objects.filter(case_id=case, state=State.HELD).order_by("starts_at"))
    done = signed_bookings(row.pk for row in held)
    return [row for row in held if row.pk not in done]
