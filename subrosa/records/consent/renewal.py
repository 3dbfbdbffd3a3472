"""An agreement goes on (CON-05): what is to be said again in the next meeting, and the tap that notes it.

Nothing waits for it: no booking, no record. Situations that changed come by their cards (`points`), not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.agreement import EN, EXCEPTIONS, ZH, sections
from subrosa.policy.facts import CareTeamFacts, RenewalFacts
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.school.calendar import calendar, school_year_of

from .models import Agreement, Consent, Renewal
from .queries import consents, in_force, renewals

Section = tuple[str, str]  # heading and text


@dataclass(frozen=True, slots=True)
class Due:
    """What one client is to be told again: whether a school year began, and what changed, in both languages."""

    signed: bool = False
    year: bool = False
    changed: tuple[tuple[Section, ...], tuple[Section, ...]] = ((), ())

    def __bool__(self) -> bool:
        return self.signed and (self.year or self.newer)

    @property
    def newer(self) -> bool:
        """Whether the version in force says something that this client was not told."""
        return any(self.changed)


def _told(text: str) -> dict[str, str]:
    """What stands below each heading of a published text; the exceptions are left to their cards."""
    return {head: "\n".join(lines).strip() for head, lines in sections(text) if head and head not in EXCEPTIONS}


def changed_between(told: str, now: str) -> tuple[Section, ...]:
    """The sections of `now` that `told` lacks or words otherwise; a heading alone for what is left out now."""
    before, after = _told(told), _told(now)
    fresh = [(head, body) for head, body in after.items() if before.get(head) != body]
    return (*fresh, *((head, "") for head in before if head not in after))


def due_of(signed: Iterable[Consent], said: Sequence[Renewal], latest: Agreement | None, day: date) -> Due:
    """What is due on a day, from the signatures and renewals of one case. A signature that was taken back is none."""
    standing = [one for one in signed if one.withdrawn_at is None]
    if not standing or latest is None:
        return Due()
    versions = [one.agreement for one in standing] + [one.agreement for one in said]
    told = max(versions, key=lambda one: one.number)
    yes = max([calendar().local(one.given_at) for one in standing] + [calendar().local(one.at) for one in said])
    return Due(True, yes < school_year_of(day), _changed(told, latest))


def _changed(told: Agreement, now: Agreement) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """What the whole text says otherwise; where it says the same, what the one in simpler words does, if both have one."""
    changed = changed_between(told.text_zh, now.text_zh), changed_between(told.text_en, now.text_en)
    if any(changed) or not (told.simple_zh and now.simple_zh):
        return changed
    return changed_between(told.simple_zh, now.simple_zh), changed_between(told.simple_en, now.simple_en)


def due_in(case: UUID, at: datetime) -> Due:
    """The same for a case, as its rows stand; three statements."""
    return due_of(consents(case), renewals(case), in_force(), calendar().local(at))


def changed_in(due: Due, language: str) -> tuple[Section, ...]:
    """What changed, in one language."""
    return due.changed[ZH if language.startswith("zh") else EN]


def _facts(*, by: Actor, at: datetime, case: Case, **_: Any) -> tuple[CareTeamFacts, RenewalFacts]:
    due = due_in(case.pk, at)
    return CareTeamFacts(on_care_team(case, by)), RenewalFacts(due.signed, bool(due))


@audit.act(Act.RENEW_CONSENT, on="case", facts=_facts)
def renew(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Renewal:
    """It was said in the meeting, and the client said yes: the agreement holds, as its latest version words it."""
    latest = in_force()
    assert latest is not None, "what was signed has a version"
    return Renewal.objects.create(case=case, agreement=latest, at=at, by_id=by.id)
