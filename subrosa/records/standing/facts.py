"""From rows to what the clauses about the code may look at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from subrosa.policy import register
from subrosa.policy.actor import Actor
from subrosa.policy.facts import AdoptionFacts, CodeFacts
from subrosa.records.person.models import Staff

from .models import CodeVersion, Signature


def code_facts(
    *, by: Actor, at: datetime, version: CodeVersion | None = None, seen: int = 0, **_: Any
) -> tuple[CodeFacts]:
    """How the actor stands to the code in force. Guarded by the actor's own staff row."""
    return (standing_to_code(by.id, at, signing=version.number if version else 0, seen=seen),)


def standing_to_code(staff: Any, at: datetime, *, signing: int = 0, seen: int = 0) -> CodeFacts:
    """In force, signed and overdue for one staff id, in two statements."""
    latest = CodeVersion.objects.order_by("-number").first()
    signed = Signature.objects.filter(staff_id=staff).aggregate(n=Max("version__number"))["n"] or 0
    overdue = latest is not None and 0 < signed < latest.number and at > latest.sign_until
    return CodeFacts(latest.number if latest else 0, signed, overdue, signing, seen)


def adoption_facts(
    *, clauses: tuple[str, ...], change_zh: str, change_en: str, dropped_reason: str = "", **_: Any
) -> tuple[AdoptionFacts]:
    """What a version about to be published leaves out and says of itself."""
    dropped = tuple(one.id for one in register.clauses() if one.id not in clauses)
    return (AdoptionFacts(dropped, bool(dropped_reason.strip()), bool(change_zh.strip() and change_en.strip())),)


def receiving(staff: Staff, at: datetime) -> bool:
    """Whether new clients are offered this person now."""
    facts = standing_to_code(staff.id, at)
    return staff.state == "active" and staff.receiving and facts.signed > 0 and not facts.overdue
