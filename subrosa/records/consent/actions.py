"""Publish the agreement; the client signs it and may take the signature back at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.agreement import missing_points
from subrosa.policy.facts import AgreementFacts, OwnFacts
from subrosa.records import audit
from subrosa.records.case.models import Case

from .models import Agreement, Consent
from .queries import in_force


def _publish_facts(*, text_zh: str, text_en: str, **_: Any) -> tuple[AgreementFacts]:
    return (AgreementFacts(missing_points(text_zh, text_en)),)


def _one_at_a_time(**_: Any) -> tuple[tuple[UUID, str]]:
    """Two versions published at once have two numbers."""
    return ((UUID(int=0), "agreement"),)


@audit.act(Act.PUBLISH_AGREEMENT, facts=_publish_facts, days=_one_at_a_time)
def publish_agreement(*, by: Actor, at: datetime, text_zh: str, text_en: str, once: UUID | None = None) -> Agreement:
    """Put a version in force. Signatures to an earlier one stay what they are; the next booking asks for the new one."""
    last = in_force()
    number = last.number + 1 if last else 1
    return Agreement.objects.create(number=number, text_zh=text_zh, text_en=text_en, published_at=at)


def _give_facts(*, by: Actor, case: Case, agreement: Agreement, **_: Any) -> tuple[AgreementFacts, OwnFacts]:
    latest = in_force()
    current = latest is not None and latest.pk == agreement.pk
    return AgreementFacts(in_force=current), OwnFacts(own=case.client_id == by.id)


@audit.act(Act.GIVE_CONSENT, on="case", facts=_give_facts)
def give(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    agreement: Agreement,
    language: str,
    how: str = "account",
    once: UUID | None = None,
) -> Consent:
    """The client's own signature: dated, to one version, in one language."""
    return Consent.objects.create(
        client_id=case.client_id, case=case, agreement=agreement, language=language, given_at=at, given_how=how
    )


def _withdraw_facts(*, by: Actor, case: Case, **_: Any) -> tuple[OwnFacts]:
    return (OwnFacts(own=case.client_id == by.id),)


@audit.act(Act.WITHDRAW_CONSENT, on="case", facts=_withdraw_facts)
def withdraw(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """Take the signature back. It works at once; what was written stays kept and sealed."""
    Consent.objects.filter(case=case, withdrawn_at=None).update(withdrawn_at=at)
    return case
