"""What can be asked about letters; nothing here opens a sealed text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from subrosa.records.appointment.models import Booking
from subrosa.records.case.models import CareMember, Case
from subrosa.records.case.queries import who_can_open
from subrosa.records.case.states import IN_HAND
from subrosa.records.case.states import State as CaseState
from subrosa.records.duty.book import due_about
from subrosa.records.outreach import queries as outreach
from subrosa.records.outreach.lists import Choice
from subrosa.records.outreach.models import Slip
from subrosa.records.person.entrance import by_return_code
from subrosa.records.person.models import Account, Client
from subrosa.records.school.calendar import calendar, school_profile

from .models import Letter
from .states import OPEN, State

MOST = 30  # letters opened on one page
A_ROUND = 100  # letters destroyed in one round of the clock


def letter(key: UUID) -> Letter | None:
    """One letter by id."""
    return Letter.objects.select_related("case", "client").filter(pk=key).first()


def _written_to(staff: UUID) -> QuerySet[Letter]:
    """The letters that this colleague may open: of the own cases, and on duty those that belong to no case."""
    member = CareMember.objects.filter(staff_id=staff, until=None).values("case_id")
    mine = Q(case__counselor_id=staff) | Q(case_id__in=member)
    theirs = Q(case__state__in=IN_HAND) & mine
    if outreach.is_on_duty_team(staff):
        theirs |= Q(case=None)
    return Letter.objects.select_related("case").filter(theirs)


def new_letters(staff: UUID) -> Sequence[Letter]:
    """Nobody has taken these yet, the oldest first."""
    return list(_written_to(staff).filter(state=State.RECEIVED).order_by("sent_at", "id")[:MOST])


def taken_letters(staff: UUID) -> Sequence[Letter]:
    """Taken and neither answered nor closed, by the day they are meant for."""
    order = list(Choice)
    rows = list(_written_to(staff).filter(state=State.TAKEN).order_by("sent_at", "id")[: 2 * MOST])
    return sorted(rows, key=lambda row: order.index(Choice(row.choice)) if row.choice in order else -1)


def of_client(client: UUID) -> Sequence[Letter]:
    """What one client has written, newest first."""
    return list(Letter.objects.select_related("case").filter(client_id=client).order_by("-sent_at", "-id")[:MOST])


def of_case(case: UUID) -> Sequence[Letter]:
    """What was written to the counselor of one case, newest first."""
    return list(Letter.objects.filter(case_id=case).order_by("-sent_at", "-id")[:MOST])


def answer_due(rows: Iterable[Letter]) -> dict[UUID, datetime]:
    """By when each letter that is still open will have an answer: the duty's own time, which a holiday moves."""
    rows = [one for one in rows if one.state in OPEN]
    due = due_about("letter", rows) if rows else {}
    return {one.pk: due[name] for one in rows if (name := f"{one._meta.label}:{one.pk}") in due}


def waiting(staff: UUID, at: datetime) -> outreach.Waiting:
    """What waits in the morning queue, letters included; nothing is opened."""
    others = outreach.waiting(staff, at)
    came = list(_written_to(staff).filter(state=State.RECEIVED).values_list("sent_at", flat=True))
    new = sum(one > others.since for one in came)
    return replace(others, new=others.new + new, earlier=others.earlier + len(came) - new)


def came_for_letters_alone(client: UUID) -> bool:
    """Whether somebody from the door still comes by digits alone and nothing else is left that names this client.

    Whatever refers to a client counts, tables that are still to come among them: a time, a file, a place on the waiting
    list, a proposal, a sitting, a cry, a slip that makes it an account. Asked behind the client's lock, the digits last: a
    code that is gone by then has made its account already.
    """
    if not Client.objects.filter(pk=client, by_door=True, roster_mark=None).exists():
        return False
    return not any(model._default_manager.filter(**{name: client}).exists() for model, name in _naming()) and (
        by_return_code(client)
    )


def _naming() -> Iterator[tuple[type[Model], str]]:
    """Every table that names clients, and by which column; not the account itself."""
    for model in apps.get_models():
        for one in model._meta.concrete_fields:
            if one.related_model is Client and model is not Account:
                yield model, one.attname


@dataclass(frozen=True, slots=True)
class Readers:
    """Whose keys open what is shared of a case, beside the client's: the counselor first, and whether the duty team does."""

    staff: Sequence[UUID]
    duty: bool


def readers(case: Case) -> Readers:
    """Read from the grants as they stand now: what the page says before somebody writes."""
    rows = [one for one in who_can_open(case.pk) if not one.dormant]
    staff = dict.fromkeys(one.of for one in rows if one.kind == "staff")
    return Readers(sorted(staff, key=lambda one: one != case.counselor_id), any(one.kind == "duty" for one in rows))


def lies_with_duty(client: UUID) -> bool:
    """Whether words of this client lie with the duty team and in no file: letters without a case, or a cry."""
    return Letter.objects.filter(client_id=client, case=None).exists() or Slip.objects.filter(client_id=client).exists()


def writes_only(client: UUID) -> bool:
    """Whether this client has letters and no time: whoever comes back by digits then comes for the answer."""
    return Letter.objects.filter(client_id=client).exists() and not Booking.objects.filter(client_id=client).exists()


def to_forget(at: datetime) -> Sequence[Letter]:
    """Letters whose time is over: by themselves, or because the file they belong to is destroyed."""
    since = at - timedelta(days=school_profile()["records.letters_kept_days"])
    over = Q(case=None, ended_at__lte=since) | Q(case__state=CaseState.DESTROYED)
    return list(Letter.objects.select_related("case").filter(over).order_by("sent_at", "id")[:A_ROUND])


def answered_by(at: datetime) -> datetime:
    """By when a letter that is sent now has its first answer."""
    return calendar().after_school_days(at, school_profile()["duty.letters_first_answer_school_days"])
