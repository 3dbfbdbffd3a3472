"""Publish the agreement; the client signs it, here or on paper, and may take the signature back at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.agreement import missing_points
from subrosa.policy.cures import promises
from subrosa.policy.facts import AgreementFacts, CareTeamFacts, OwnFacts
from subrosa.policy.reading import limits, too_hard
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.case.handing import in_client_mode
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.duty.book import settle
from subrosa.records.person.models import Staff
from subrosa.records.person.ties import unnamed_ties
from subrosa.records.school.calendar import calendar, school_profile

from .models import Agreement, Consent
from .queries import in_force
from .understanding import begin

ACCOUNT, CLIENT_MODE, PAPER = "account", "client_mode", "paper"
SCANNED_WITHIN = 10  # school days until a signed paper is scanned
SCAN = "paper_scan"  # the duty


def _publish_facts(*, text_zh: str, text_en: str, **_: Any) -> tuple[AgreementFacts]:
    hard = dict.fromkeys(one.point for one in too_hard(text_zh, text_en, limits(school_profile())))
    return (AgreementFacts(missing_points(text_zh, text_en), cures=promises(text_zh, text_en), hard=tuple(hard)),)


def _one_at_a_time(**_: Any) -> tuple[tuple[UUID, str]]:
    """Two versions published at once have two numbers."""
    return ((UUID(int=0), "agreement"),)


@audit.act(Act.PUBLISH_AGREEMENT, facts=_publish_facts, days=_one_at_a_time)
def publish_agreement(*, by: Actor, at: datetime, text_zh: str, text_en: str, once: UUID | None = None) -> Agreement:
    """Put a version in force. Signatures to an earlier one stay; what is different is said in the next meeting."""
    last = in_force()
    number = last.number + 1 if last else 1
    return Agreement.objects.create(number=number, text_zh=text_zh, text_en=text_en, published_at=at)


def _give_facts(*, by: Actor, case: Case, agreement: Agreement, **_: Any) -> tuple[AgreementFacts, OwnFacts]:
    latest = in_force()
    current = latest is not None and latest.pk == agreement.pk
    unnamed = unnamed_ties(case.counselor_id)
    return AgreementFacts(in_force=current, unnamed_ties=unnamed), OwnFacts(own=case.client_id == by.id)


@audit.act(Act.GIVE_CONSENT, on="case", facts=_give_facts)
def give(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    agreement: Agreement,
    language: str,
    once: UUID | None = None,
) -> Consent:
    """The client's own signature: dated, to one version, in one language; on the own account or on the center's device."""
    begin(case, language, at)
    return Consent.objects.create(
        client_id=case.client_id,
        case=case,
        agreement=agreement,
        language=language,
        given_at=at,
        given_how=CLIENT_MODE if in_client_mode(by) else ACCOUNT,
    )


def _paper_facts(
    *, by: Actor, at: datetime, case: Case, agreement: Agreement, signed_on: date, **_: Any
) -> tuple[CareTeamFacts, AgreementFacts]:
    latest, days = in_force(), calendar()
    current = latest is not None and latest.pk == agreement.pk
    dated = days.local(agreement.published_at) <= signed_on <= days.local(at)
    agreed = AgreementFacts(in_force=current, dated=dated, unnamed_ties=unnamed_ties(case.counselor_id))
    return CareTeamFacts(on_care_team(case, by)), agreed


def _scan_due(*, by: Actor, at: datetime, **_: Any) -> list[Owed]:
    """CON-01: a signature on paper is scanned later; until then it counts like any other."""
    return [Owed(SCAN, "CON-01", calendar().after_school_days(at, SCANNED_WITHIN), by.id)]


@audit.act(Act.NOTE_PAPER_CONSENT, on="case", facts=_paper_facts, owes=_scan_due)
def note_paper(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    agreement: Agreement,
    language: str,
    signed_on: date,
    seen_by: Staff,
    once: UUID | None = None,
) -> Consent:
    """The client signed on paper: the date that stands there, and who saw it. The client sees this note and can object."""
    begin(case, language, at)
    return Consent.objects.create(
        client_id=case.client_id,
        case=case,
        agreement=agreement,
        language=language,
        given_at=at,
        given_how=PAPER,
        signed_on=signed_on,
        seen_by=seen_by,
    )


def _withdraw_facts(*, by: Actor, case: Case, **_: Any) -> tuple[OwnFacts]:
    return (OwnFacts(own=case.client_id == by.id),)


@audit.act(Act.WITHDRAW_CONSENT, on="case", facts=_withdraw_facts)
def withdraw(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """Take the signature back. It works at once; what was written stays kept and sealed. A paper need not be scanned then."""
    for one in Consent.objects.filter(case=case, withdrawn_at=None, given_how=PAPER):
        settle(kind=SCAN, about=one, by=by.id, at=at)
    Consent.objects.filter(case=case, withdrawn_at=None).update(withdrawn_at=at)
    return case
