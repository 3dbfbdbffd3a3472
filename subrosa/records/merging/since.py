"""What happened between a merge and its taking apart: where it cannot be said whose it is, the two stay one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Q

from subrosa.policy.actor import Kind
from subrosa.records.appointment.brief import OF_CASE
from subrosa.records.appointment.models import Booking, Sitting
from subrosa.records.appointment.sitting import DUTY as NAME
from subrosa.records.case.models import Case
from subrosa.records.consent.models import Consent
from subrosa.records.correspondence.models import Letter
from subrosa.records.duty.models import Duty
from subrosa.records.note.models import Note
from subrosa.records.person.models import Client
from subrosa.records.vault.models import Keypair

from .models import Merge

HELD_ON: Final = (Booking, Sitting)  # what a duty of a meeting is about


def came_along(merge: Merge) -> list[UUID]:
    """The ids of what one file brought into the other."""
    return list(merge.along or [])


def signed_since(merge: Merge) -> bool:
    """Whether something of one of the two was signed, or became a meeting, under the other's key, or a yes was given."""
    along = came_along(merge)
    known = [*merge.moved, *along]
    notes = Note.objects.filter(Q(booking__in=along) | Q(short_of__in=along), case=merge.case_id)
    if merge.case_id and notes.exclude(signed_at=None).exclude(pk__in=along).exists():
        return True
    if merge.case_id and Consent.objects.filter(case=merge.case_id, given_at__gt=merge.at).exists():
        return True
    sat = Sitting.objects.filter(client=merge.client_id, began_at__lte=merge.at)
    signed = Q(signed_at__gte=merge.at, under=OF_CASE)
    held = ~Q(booking=None) & ~Q(booking__in=known)
    mine = Q(pk__in=known) & (signed | held)
    theirs = Q(case=merge.case_id) & ~Q(pk__in=known) if _was_the_others(merge) else Q(pk__in=[])
    return sat.filter(mine | theirs).exists()


def _was_the_others(merge: Merge) -> bool:
    """Whether the file that goes on is the one of the client who was joined."""
    return merge.case_id in merge.moved


def written_since(merge: Merge) -> bool:
    """Whether the student asked for a time or wrote to the center since: by which way in, nobody can tell."""
    times = Booking.objects.filter(client=merge.client_id, booked_by=Kind.CLIENT, booked_at__gt=merge.at)
    return times.exists() or Letter.objects.filter(client=merge.client_id, sent_at__gt=merge.at).exists()


def way_in_since(merge: Merge) -> bool:
    """Whether a new way in was made, which ended those that each of the two had."""
    pairs = Keypair.objects.filter(Q(made_at__gt=merge.at) | Q(ended_at__gt=merge.at))
    return pairs.filter(kind=Kind.CLIENT, of=merge.client_id).exists()


def joined_since(merge: Merge) -> bool:
    """Whether somebody else was put together with the same student later, or the student with somebody else."""
    if Client.objects.filter(pk=merge.client_id).exclude(joined=None).exists():
        return True
    later = Merge.objects.filter(client=merge.client_id, apart_at=None, at__gte=merge.at)
    return later.exclude(pk=merge.pk).exists()


def follow(merge: Merge, into: Case) -> None:
    """What hangs on a meeting that came along, and was begun since, goes back with it: a draft, what is owed for it."""
    along = came_along(merge)
    drafts = Note.objects.filter(Q(booking__in=along) | Q(short_of__in=along), signed_at=None)
    drafts.filter(case=merge.case_id).update(case=into)
    names = [f"{model._meta.label}:{key}" for model in HELD_ON for key in along]
    Duty.objects.filter(about__in=names, case_id=merge.case_id).update(case_id=into.pk)


def owe_names_again(merge: Merge, clients: Iterable[UUID]) -> None:
    """What a sitting owed was settled by the other's name: it is owed again."""
    rows = Sitting.objects.filter(client__in=list(clients)).values_list("pk", flat=True)
    names = [f"{Sitting._meta.label}:{key}" for key in rows]
    owed = Duty.objects.filter(kind=NAME, about__in=names, settled_at=merge.at, settled_by=merge.by_id)
    owed.update(settled_at=None, settled_by=None)
