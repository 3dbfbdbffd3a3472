"""Brief contacts whose time is over: they go together, up to a number of their register, when two people have looked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import BriefRetentionFacts
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.appointment.models import BriefLine, Sitting
from subrosa.records.appointment.sitting import BRIEF
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff
from subrosa.records.person.queries import roles_of
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import rings

from .going import copies_gone_on
from .models import BriefLook, Gone

KIND = "destroy_briefs"
LOOK_SCHOOL_DAYS = 20


def _kept() -> QuerySet[BriefLine]:
    """Lines of brief contacts with a key of their own that are still there; the others go with the file they lie in."""
    return BriefLine.objects.filter(sitting__under=BRIEF, sitting__destroyed_at=None)


def over_up_to(today: date) -> int:
    """The number up to which every brief contact's time is over; 0 where none is. Who signed earlier goes earlier."""
    first_kept = _kept().filter(sitting__retention_until__gte=today).order_by("number").first()
    over = _kept().filter(sitting__retention_until__lt=today)
    if first_kept is not None:
        over = over.filter(number__lt=first_kept.number)
    return over.aggregate(last=Max("number"))["last"] or 0


def how_many(up_to: int) -> int:
    """How many brief contacts with a key of their own lie below a number."""
    return _kept().filter(number__lte=up_to).count()


def looked(up_to: int) -> dict[str, UUID]:
    """By role, who confirmed that everything up to this number may go."""
    return dict(BriefLook.objects.filter(up_to__gte=up_to).order_by("at").values_list("role", "staff_id"))


def owed() -> bool:
    """Whether somebody owes this look already."""
    return Duty.objects.filter(kind=KIND, settled_at=None).exists()


def register(*, most: int = 50, start: int = 0) -> list[BriefLine]:
    """The register of brief contacts, newest first: numbers and days."""
    return list(BriefLine.objects.select_related("sitting").order_by("-number")[start : start + most])


def _facts(*, at: datetime, up_to: int, **_: Any) -> tuple[BriefRetentionFacts]:
    yes = looked(up_to)
    lead, custodian = yes.get(Role.LEAD), yes.get(Role.CUSTODIAN)
    over = 0 < up_to <= over_up_to(calendar().local(at))
    same = lead is not None and lead == custodian
    return (BriefRetentionFacts(over, lead is not None, custodian is not None, same),)


def _owed(*, at: datetime, **_: Any) -> list[Owed]:
    if owed():
        return []
    lead = next((one for one in Staff.objects.filter(state="active") if Role.LEAD in one.roles), None)
    return [Owed(KIND, "REC-04", calendar().after_school_days(at, LOOK_SCHOOL_DAYS), lead.pk if lead else None)]


@audit.act(Act.OWE_BRIEF_DESTRUCTION, facts=_facts, owes=_owed)
def owe(*, by: Actor, at: datetime, up_to: int) -> None:
    """The clock's act: the time of some brief contacts is over, so lead and custodian owe their look."""


@audit.act(Act.CONFIRM_BRIEF_DESTRUCTION, facts=_facts)
def confirm(*, by: Actor, at: datetime, up_to: int, once: UUID | None = None) -> BriefLook:
    """One person's yes, as lead or else as custodian, to everything up to a number."""
    role = Role.LEAD if Role.LEAD in roles_of(by.id) else Role.CUSTODIAN
    return BriefLook.objects.create(up_to=up_to, staff_id=by.id, role=role, at=at)


@audit.act(Act.DESTROY_BRIEFS, facts=_facts)
def destroy(*, by: Actor, at: datetime, up_to: int, once: UUID | None = None) -> Gone:
    """The keys of these brief contacts go. Their lines stay in the register, with a number and a day."""
    rows = list(_kept().filter(number__lte=up_to).values_list("sitting_id", flat=True))
    for key in rows:
        rings.destroy(BRIEF, key, at=at)
    Sitting.objects.filter(pk__in=rows).update(destroyed_at=at)
    Duty.objects.filter(kind=KIND, settled_at=None).update(settled_at=at, settled_by=by.id)
    return Gone.objects.create(briefs_up_to=up_to, briefs=len(rows), at=at, copies_gone_on=copies_gone_on(at))
