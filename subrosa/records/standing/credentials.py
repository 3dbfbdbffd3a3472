"""The register of credentials (COMP-01): entered, verified by somebody else who saw the original, reminded of before a date."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.credentials import CredentialKind, next_mark, step_due
from subrosa.policy.facts import CredentialFacts, ReminderFacts
from subrosa.policy.rows.qualifying import VERIFIERS
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.duty.book import open_duty, open_for_center
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff
from subrosa.records.person.queries import roles_of
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import server

from .models import Credential
from .qualified import outside_professionals, qualified, reminders_due, who_looks, without_credential

LONGEST = 60  # characters of a number
WAITS, OWED, ENDS = "credential_waits", "credential", "credential_ends"  # kinds of duty
LOOKED_AT_WITHIN = 5  # school days until somebody has seen an original


def _verifier(by: Actor) -> bool:
    return bool(VERIFIERS & roles_of(by.id))


def _lasts(until: date | None, at: datetime) -> bool:
    return until is None or until >= calendar().local(at)


def _waits(credential: Credential) -> bool:
    return credential.seen_at is None and credential.ended_at is None


def _enter_facts(
    *, by: Actor, at: datetime, colleague: Staff, kind: str, number: str, until: date | None = None, **_: Any
) -> tuple[CredentialFacts]:
    lacks = [] if kind in set(CredentialKind) else ["credential_kind"]
    if not number.strip() or len(number) > LONGEST:
        lacks.append("credential_number")
    return (CredentialFacts(colleague.pk == by.id, _verifier(by), tuple(lacks), lasts=_lasts(until, at)),)


@audit.act(Act.ENTER_CREDENTIAL, on="colleague", facts=_enter_facts)
def enter_credential(
    *,
    by: Actor,
    at: datetime,
    colleague: Staff,
    kind: str,
    number: str,
    until: date | None = None,
    once: UUID | None = None,
) -> Credential:
    """Enter a credential. The own one waits for somebody who sees the original; for a colleague it lies in one's hands now."""
    row = Credential(staff=colleague, kind=kind, until=until, entered_at=at)
    server.close_personal(row, "number", number.strip())
    if colleague.pk == by.id:
        row.save(force_insert=True)
        due = calendar().after_school_days(at, LOOKED_AT_WITHIN)
        looks = who_looks(colleague.pk)
        owed = Owed(WAITS, "COMP-01", due, looks)
        if looks is None:
            open_for_center(owed=owed, about=row, at=at)
        else:
            open_duty(owed=owed, about=row, actor=by.id, at=at)
        return row
    row.seen_by_id, row.seen_at = by.id, at
    row.save(force_insert=True)
    _settle_owed(colleague.pk, by.id, at)
    return row


def _verify_facts(*, by: Actor, at: datetime, credential: Credential, **_: Any) -> tuple[CredentialFacts]:
    waits, lasts = _waits(credential), _lasts(credential.until, at)
    return (CredentialFacts(credential.staff_id == by.id, verifier=True, waits=waits, lasts=lasts),)


@audit.act(Act.VERIFY_CREDENTIAL, on=("credential.staff", "credential"), facts=_verify_facts)
def verify_credential(*, by: Actor, at: datetime, credential: Credential, once: UUID | None = None) -> Credential:
    """Somebody else has seen the original: from now on it stands on the card."""
    credential.seen_by_id = by.id
    return _counts(credential, by, at)


def _outside_facts(
    *, by: Actor, at: datetime, credential: Credential, seen_by: UUID, seen_on: date, **_: Any
) -> tuple[CredentialFacts]:
    another = seen_by in outside_professionals() and seen_by != credential.staff_id
    lacks = [] if another else ["outside_professional"]
    if seen_on > calendar().local(at):
        lacks.append("day_that_came")
    waits, lasts = _waits(credential), _lasts(credential.until, at)
    own, alone = credential.staff_id == by.id, who_looks(credential.staff_id) is None
    return (CredentialFacts(own, _verifier(by), tuple(lacks), waits=waits, lasts=lasts, alone=alone),)


@audit.act(Act.NOTE_SEEN_OUTSIDE, on=("credential.staff", "credential"), facts=_outside_facts)
def note_seen_outside(
    *, by: Actor, at: datetime, credential: Credential, seen_by: UUID, seen_on: date, once: UUID | None = None
) -> Credential:
    """Where nobody here can look: who outside the school saw the original, and when. It counts from now on, shown as such."""
    credential.seen_by_id, credential.seen_on = seen_by, seen_on
    return _counts(credential, by, at)


def _end_facts(*, by: Actor, credential: Credential, **_: Any) -> tuple[CredentialFacts]:
    return (CredentialFacts(credential.staff_id == by.id, _verifier(by)),)


@audit.act(Act.END_CREDENTIAL, on=("credential.staff", "credential"), facts=_end_facts)
def end_credential(*, by: Actor, at: datetime, credential: Credential, once: UUID | None = None) -> Credential:
    """Take one back: it was mistyped, or is no more. It goes from the card at once; the row stays."""
    if credential.ended_at is None:
        credential.ended_at = at
        credential.save(update_fields=["ended_at"])
        _settle(credential, by.id, at)
    return credential


def _owe_facts(*, at: datetime, colleague: Staff, **_: Any) -> tuple[ReminderFacts]:
    return (ReminderFacts(bool(without_credential(at, colleague.pk))),)


@audit.act(Act.OWE_CREDENTIAL, on="colleague", facts=_owe_facts)
def owe_credential(*, by: Actor, at: datetime, colleague: Staff) -> Staff:
    """A counselor without a verified credential owes one, with a date; where new clients are offered until a day, that day."""
    year = calendar()
    due = year.after_term_days(at, school_profile()["standing.credential_entered_days_of_term_time"])
    if colleague.credential_by is not None and colleague.credential_by >= year.local(at):
        due = year.end_of(colleague.credential_by)
    open_duty(owed=Owed(OWED, "COMP-01", due, colleague.pk), about=colleague, actor=by.id, at=at)
    return colleague


def _steps() -> list[int]:
    return list(school_profile()["standing.credential_reminder_days"])


def _remind_facts(*, at: datetime, credential: Credential, **_: Any) -> tuple[ReminderFacts]:
    stands = credential.seen_at is not None and credential.ended_at is None and credential.until is not None
    if not stands or credential.until is None:
        return (ReminderFacts(due=False),)
    step = step_due(credential.until, calendar().local(at), _steps(), credential.reminded)
    return (ReminderFacts(step is not None),)


@audit.act(Act.REMIND_CREDENTIAL, on=("credential.staff", "credential"), facts=_remind_facts)
def remind_credential(*, by: Actor, at: datetime, credential: Credential) -> Credential:
    """So many days are left: owed until the next reminder, the last until the day itself. One at a time stands on the list."""
    assert credential.until is not None, "the charter asked"
    year = calendar()
    step = step_due(credential.until, year.local(at), _steps(), credential.reminded)
    assert step is not None, "the charter asked"
    _settle(credential, by.id, at)
    credential.reminded = step
    credential.save(update_fields=["reminded"])
    day = date.fromordinal(credential.until.toordinal() - next_mark(step, _steps()))
    owed = Owed(ENDS, "COMP-01", year.end_of(day), credential.staff_id)
    open_duty(owed=owed, about=credential, actor=by.id, at=at)
    return credential


def to_remind(at: datetime) -> list[Credential]:
    """What the clock reminds of today."""
    return reminders_due(calendar().local(at), _steps())


def _counts(credential: Credential, by: Actor, at: datetime) -> Credential:
    """Somebody has seen the original: it counts from now on, and what was owed about it is settled."""
    credential.seen_at = at
    credential.save(update_fields=["seen_by", "seen_at", "seen_on"])
    _settle(credential, by.id, at)
    _settle_owed(credential.staff_id, by.id, at)
    return credential


def _settle(credential: Credential, by: UUID, at: datetime) -> None:
    about = f"{Credential._meta.label}:{credential.pk}"
    Duty.objects.filter(kind__in=(WAITS, ENDS), about=about, settled_at=None).update(settled_at=at, settled_by=by)


def _settle_owed(staff: UUID, by: UUID, at: datetime) -> None:
    """One credential was seen: nothing is owed any more where it outlasts what was reminded of."""
    if not qualified([staff], calendar().local(at)):
        return
    Duty.objects.filter(kind=OWED, owner_id=staff, settled_at=None).update(settled_at=at, settled_by=by)
    seen = list(Credential.objects.filter(staff_id=staff, ended_at=None).exclude(seen_at=None))
    longest = max(one.until or date.max for one in seen)
    for one in seen:
        if (one.until or date.max) < longest:
            _settle(one, by, at)
