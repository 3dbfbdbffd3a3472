"""Close a case, bind its file, and years later destroy it: grants and package go, the log still shows that it was done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import NOBODY, Actor
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.attachment.going import forget_files
from subrosa.records.case.ended import DUTY as CLOSING
from subrosa.records.case.farewell import lies_there
from subrosa.records.case.joining import nobody_joins_now
from subrosa.records.case.models import Case
from subrosa.records.case.plan import DUTY as PLAN
from subrosa.records.case.states import TRANSITIONS, State
from subrosa.records.duty.book import settle_of_case
from subrosa.records.duty.models import Duty
from subrosa.records.note.drafts import forget_drafts
from subrosa.records.person.models import Staff
from subrosa.records.person.queries import roles_of
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import rings
from subrosa.records.vault.models import Grant, Keypair
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Holder, Scope
from subrosa.timetable.calendar import plus_years

from .facts import closing_facts, retention_facts
from .going import copies_gone_on
from .models import Confirmation, Gone
from .numbers import number_of

DESTROY_SCHOOL_DAYS = 20  # how long the two confirmations may take once retention is over


@audit.act(Act.CLOSE_CASE, on="case", facts=closing_facts)
def close(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    why: str = "goals_reached",
    no_letter: bool = False,
    once: UUID | None = None,
) -> Case:
    """Close a case. A letter that waits is the client's from now on, unless there is to be none.

    The case's number comes from the register of files, a series without gaps, drawn last; a file that was closed before
    and goes on again keeps the one it has.
    """
    for kind in (PLAN, CLOSING):  # what is closed is not planned any more, and need not be closed
        settle_of_case(kind=kind, case=case.pk, by=by.id, at=at)
    lies_there(case, at, gone=no_letter)
    nobody_joins_now(case, at)
    case.state = TRANSITIONS[(State(case.state), Act.CLOSE_CASE)]
    case.closed_at, case.why_closed = at, why
    number_of(case, at)
    case.save(update_fields=["state", "closed_at", "why_closed", "number"])
    return case


@audit.act(Act.ARCHIVE_CASE, on="case", facts=closing_facts)
def archive(*, by: Actor, at: datetime, case: Case, left_school: date | None = None, once: UUID | None = None) -> Case:
    """Hand the file to the archive pair; the counselor's and the deputy's grants end. Retention counts from leaving school."""
    who = opener_of(by)
    ring = rings.open_ring("case", case.pk, who, to_seal=True, client=case.client_id)
    pair = Keypair.objects.get(kind="archive", ended_at=None)
    rings.grant_to(ring, [Holder(pair, Scope.ROOT, of=rings.team_id("archive"))], who, clause="REC-04", at=at)
    Grant.objects.filter(keyring=ring.row, holder__kind__in=("staff", "crisis"), share=0).delete()
    case.state = TRANSITIONS[(State(case.state), Act.ARCHIVE_CASE)]
    case.archived_at = at
    years = school_profile()["records.retention_years_after_leaving_school"]
    case.retention_until = plus_years(left_school or calendar().local(at), years)
    case.save(update_fields=["state", "archived_at", "retention_until"])
    return case


def _destruction_due(*, at: datetime, **_: Any) -> list[Owed]:
    lead = next((one for one in Staff.objects.filter(state="active") if Role.LEAD in one.roles), None)
    due = calendar().after_school_days(at, DESTROY_SCHOOL_DAYS)
    return [Owed("destroy", "REC-04", due, lead.pk if lead else None)]


@audit.act(Act.OWE_DESTRUCTION, on="case", facts=retention_facts, owes=_destruction_due)
def owe_destruction(*, by: Actor, at: datetime, case: Case) -> Case:
    """The clock's act: a file's retention is over, so lead and custodian owe their look."""
    return case


@audit.act(Act.CONFIRM_DESTRUCTION, on="case", facts=retention_facts)
def confirm(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Confirmation:
    """One person's yes, as lead or else as custodian; the same person is never both."""
    role = Role.LEAD if Role.LEAD in roles_of(by.id) else Role.CUSTODIAN
    return Confirmation.objects.create(case=case, staff_id=by.id, role=role, at=at)


@audit.act(Act.DESTROY_CASE, on="case", facts=retention_facts)
def destroy(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """Grants and package go: what was sealed stays unreadable for good, in a volume too. The log keeps the proof."""
    rings.destroy("case", case.pk, at=at)
    forget_drafts(case)
    forget_files(case)
    case.state = TRANSITIONS[(State(case.state), Act.DESTROY_CASE)]
    case.destroyed_at = at
    case.save(update_fields=["state", "destroyed_at"])
    Gone.objects.create(case=case, at=at, copies_gone_on=copies_gone_on(at))
    Duty.objects.filter(case_id=case.pk, kind="destroy", settled_at=None).update(
        settled_at=at, settled_by=by.id if by.id != NOBODY else None
    )
    return case
