"""Which agreement is in force, who signed it, and what is still to be talked over. Nothing here opens a text."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet

from .models import Agreement, Consent, Expectation, Renewal, Understanding


def in_force() -> Agreement | None:
    """The latest published version."""
    return Agreement.objects.order_by("-number").first()


def agreement(key: UUID) -> Agreement | None:
    """One version by id."""
    return Agreement.objects.filter(pk=key).first()


def has_signed(case: UUID) -> bool:
    """Whether this case's client signed the version of that day and did not take it back.

    A version that came later is told in the next meeting (`renewal`); it locks nothing.
    """
    return bool(signatures(case).exists())


def signatures(case: UUID | OuterRef) -> QuerySet[Consent]:
    """The same as a query, for facts that ask several things in one statement."""
    return Consent.objects.filter(case_id=case, withdrawn_at=None)


def consents(case: UUID) -> list[Consent]:
    """Every signature of a case, newest first."""
    return list(Consent.objects.select_related("agreement").filter(case_id=case).order_by("-given_at"))


def renewals(case: UUID) -> list[Renewal]:
    """Each time it was said again that the agreement holds, newest first."""
    return list(Renewal.objects.select_related("agreement").filter(case_id=case).order_by("-at"))


def understanding(case: UUID) -> Understanding | None:
    """What a case has listed for talking over, closed; None before anybody guessed or signed."""
    return Understanding.objects.filter(case_id=case).first()


def open_points(case: UUID | OuterRef) -> QuerySet[Understanding]:
    """As a query: whether something is listed that nobody has talked over. The list itself stays closed."""
    return Understanding.objects.filter(case_id=case, open_points__gt=0)


def hope_waits(case: UUID) -> bool:
    """Whether a line says what would be different, and the counselor has not said since what is realistic."""
    unanswered = Q(answered_at=None) | Q(answered_at__lt=F("written_at"))
    return bool(Expectation.objects.filter(unanswered, case_id=case).exists())


def expectation(case: UUID) -> Expectation | None:
    """What would be different if this helps, closed; None where nobody has written it."""
    return Expectation.objects.filter(case_id=case).first()
