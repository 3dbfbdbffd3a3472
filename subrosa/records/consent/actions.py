"""Publish the agreement; the client signs it, here or on paper, and may take the signature back at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.agreement import Texts, missing_points
from subrosa.policy.cures import promises
from subrosa.policy.facts import AgreementFacts, CareTeamFacts, OwnFacts
from subrosa.policy.reading import hard_places
from subrosa.policy.ruling import Owed
from subrosa.policy.wording import Wording
from subrosa.records import audit
from subrosa.records.case.handing import holds_shared, in_client_mode
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.duty.book import settle
from subrosa.records.person.models import Staff
from subrosa.records.person.ties import unnamed_ties
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Key, Scope
from subrosa.records.vault.texts import close_text

from .models import Agreement, Consent
from .opened import wording_in
from .queries import in_force
from .understanding import begin

ACCOUNT, CLIENT_MODE, PAPER = "account", "client_mode", "paper"
SCANNED_WITHIN = 10  # school days until a signed paper is scanned
SCAN = "paper_scan"  # the duty


@dataclass(frozen=True, slots=True)
class Paper:
    """A signature on paper: the date that stands there, who saw it, and which text the paper has."""

    signed_on: date
    seen_by: Staff
    language: str
    wording: Wording = Wording.WHOLE

    def __repr__(self) -> str:
        return "…"


def _publish_facts(
    *, text_zh: str, text_en: str, simple_zh: str = "", simple_en: str = "", **_: Any
) -> tuple[AgreementFacts]:
    texts, profile = Texts(text_zh, text_en, simple_zh, simple_en), school_profile()
    found = AgreementFacts(
        missing_points(texts),
        cures=promises(text_zh, text_en, simple_zh, simple_en),
        hard=tuple(hard_places(texts, profile)),
        simpler_missing=profile["reading.simpler_text"] and not texts.simpler,
    )
    return (found,)


def _one_at_a_time(**_: Any) -> tuple[tuple[UUID, str]]:
    """Two versions published at once have two numbers."""
    return ((UUID(int=0), "agreement"),)


@audit.act(Act.PUBLISH_AGREEMENT, facts=_publish_facts, days=_one_at_a_time)
def publish_agreement(
    *,
    by: Actor,
    at: datetime,
    text_zh: str,
    text_en: str,
    simple_zh: str = "",
    simple_en: str = "",
    once: UUID | None = None,
) -> Agreement:
    """Put a version in force: the whole text, and the same in simpler words for the younger band.

    Signatures to an earlier one stay; what is different is said in the next meeting.
    """
    last = in_force()
    texts = {"text_zh": text_zh, "text_en": text_en, "simple_zh": simple_zh, "simple_en": simple_en}
    return Agreement.objects.create(number=last.number + 1 if last else 1, published_at=at, **texts)


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
    wording: Wording = Wording.WHOLE,
    once: UUID | None = None,
) -> Consent:
    """The client's own signature: dated, to one version, in one language; on the own account or on the center's device.

    `wording` is the text that stood on the page. It covers the version whichever was read.
    """
    begin(case, language, at)
    row = Consent(client_id=case.client_id, case=case, agreement=agreement, language=language, given_at=at)
    row.given_how = CLIENT_MODE if in_client_mode(by) else ACCOUNT
    return _sign(row, wording, by)


def _sign(row: Consent, wording: Wording, by: Actor) -> Consent:
    """Keep a signature; which text was read is sealed where these keys open what is shared, and else not known."""
    if holds_shared(by, row.case):
        close_text(row, "wording", wording, _shared(by, row.case, to_seal=True))
    row.save(force_insert=True)
    return row


def _shared(by: Actor, case: Case, *, to_seal: bool = False) -> Key:
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=to_seal, client=case.client_id)
    return ring.key(Scope.SHARED)


def _paper_facts(
    *, by: Actor, at: datetime, case: Case, agreement: Agreement, paper: Paper, **_: Any
) -> tuple[CareTeamFacts, AgreementFacts]:
    latest, days = in_force(), calendar()
    current = latest is not None and latest.pk == agreement.pk
    dated = days.local(agreement.published_at) <= paper.signed_on <= days.local(at)
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
    paper: Paper,
    once: UUID | None = None,
) -> Consent:
    """The client signed on paper: the date that stands there, and who saw it. The client sees this note and can object."""
    begin(case, paper.language, at)
    row = Consent(client_id=case.client_id, case=case, agreement=agreement, language=paper.language, given_at=at)
    row.given_how, row.signed_on, row.seen_by = PAPER, paper.signed_on, paper.seen_by
    return _sign(row, paper.wording, by)


def _read_facts(*, by: Actor, consent: Consent, **_: Any) -> tuple[OwnFacts]:
    return (OwnFacts(own=consent.client_id == by.id),)


@audit.act(Act.READ_SIGNED, on=("consent.case", "consent"), facts=_read_facts, reads=True)
def read_signed(*, by: Actor, at: datetime, consent: Consent) -> Wording | None:
    """Which text the client read before signing; None where it is not known."""
    return wording_in(consent, _shared(by, consent.case))


def _withdraw_facts(*, by: Actor, case: Case, **_: Any) -> tuple[OwnFacts]:
    return (OwnFacts(own=case.client_id == by.id),)


@audit.act(Act.WITHDRAW_CONSENT, on="case", facts=_withdraw_facts)
def withdraw(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """Take the signature back. It works at once; what was written stays kept and sealed. A paper need not be scanned then."""
    for one in Consent.objects.filter(case=case, withdrawn_at=None, given_how=PAPER):
        settle(kind=SCAN, about=one, by=by.id, at=at)
    Consent.objects.filter(case=case, withdrawn_at=None).update(withdrawn_at=at)
    return case
