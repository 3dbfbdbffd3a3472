"""Publish the code, sign it, and open or close one's door to new clients."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import NOBODY, Actor
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.records import audit
from subrosa.records.duty.models import Duty
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import server

from .facts import adoption_facts, code_facts
from .models import CodeVersion, PrincipalPage, Signature


def _one_at_a_time(**_: Any) -> list[tuple[UUID, str]]:
    return [(NOBODY, "code")]


@audit.act(Act.PUBLISH_CODE, days=_one_at_a_time, facts=adoption_facts)
def publish_code(
    *,
    by: Actor,
    at: datetime,
    clauses: tuple[str, ...],
    change_zh: str,
    change_en: str,
    dropped_reason: str = "",
    once: UUID | None = None,
) -> CodeVersion:
    """Adopt a version. Everybody who signed an earlier one owes the new signature within the profile's term-time days."""
    days = school_profile()["standing.code_resign_days_of_term_time"]
    last = CodeVersion.objects.order_by("-number").first()
    version = CodeVersion.objects.create(
        number=(last.number if last else 0) + 1,
        clauses=list(clauses),
        change_zh=change_zh.strip(),
        change_en=change_en.strip(),
        dropped_reason=dropped_reason.strip(),
        published_at=at,
        sign_until=calendar().after_term_days(at, days),
    )
    if last is not None:
        Duty.objects.filter(kind="sign_code", settled_at=None).update(settled_at=at, settled_by=by.id)
    Duty.objects.bulk_create(
        Duty(
            kind="sign_code",
            clause="ETH-01",
            owner=colleague,
            about=f"standing.CodeVersion:{version.pk}",
            due=version.sign_until,
            opened_at=at,
        )
        for colleague in Staff.objects.filter(state="active")
    )
    return version


@audit.act(Act.SIGN_CODE, on="version", facts=code_facts)
def sign_code(*, by: Actor, at: datetime, version: CodeVersion, seen: int, once: UUID | None = None) -> Signature:
    """Sign the version in force. `seen` is how many situations were answered and explained; the answers are kept nowhere."""
    signature = Signature.objects.create(staff_id=by.id, version=version, signed_at=at)
    Duty.objects.filter(kind="sign_code", owner_id=by.id, settled_at=None).update(settled_at=at, settled_by=by.id)
    return signature


@audit.act(Act.RECEIVE_CLIENTS, facts=code_facts)
def receive_clients(*, by: Actor, at: datetime, once: UUID | None = None) -> Staff:
    """Open the own door to new clients."""
    return _set_receiving(by, receiving=True)


@audit.act(Act.PAUSE_CLIENTS)
def pause_clients(*, by: Actor, at: datetime, once: UUID | None = None) -> Staff:
    """Close the own door to new clients; running cases go on."""
    return _set_receiving(by, receiving=False)


def _set_receiving(by: Actor, *, receiving: bool) -> Staff:
    colleague = Staff.objects.get(pk=by.id)
    colleague.receiving = receiving
    colleague.save(update_fields=["receiving"])
    return colleague


@audit.act(Act.SIGN_PRINCIPAL_PAGE)
def sign_principal_page(
    *, by: Actor, at: datetime, signer: str, text_zh: str, text_en: str, once: UUID | None = None
) -> PrincipalPage:
    """What the principal signed, entered by the lead: what the center will not tell."""
    page = PrincipalPage(text_zh=text_zh, text_en=text_en, signed_at=at)
    server.close_personal(page, "signer", signer)
    page.save(force_insert=True)
    return page


@audit.act(Act.NAME_OUTSIDE_PROFESSIONAL)
def name_outside_professional(*, by: Actor, at: datetime, name: str, once: UUID | None = None) -> Staff:
    """Somebody outside the school who may be second reader, deputy or seat; comes in by a link like everybody else."""
    colleague = Staff(roles=[Role.OUTSIDE], outside=True, invited_at=at)
    server.close_personal(colleague, "name", name)
    colleague.save(force_insert=True)
    return colleague
