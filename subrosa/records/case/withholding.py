"""The protective delay: lines of the own log that a client's page keeps back, with a reason and a day of the next look.

The log itself has them from the first minute; only the page is late. Until somebody looks again they stay back, and when the
day of that look passes the duty climbs: a delay that nobody reviews is worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, WithheldFacts
from subrosa.policy.rows.withholding import NEVER, REASONS
from subrosa.policy.ruling import Owed
from subrosa.records import audit
from subrosa.records.audit.queries import Noted, entries_of_case
from subrosa.records.duty.book import settle_of_case
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Scope
from subrosa.records.vault.texts import close_text, open_text

from .facts import care_facts
from .models import Case, Withheld
from .queries import on_care_team

LOOK = "look_again"
OF_ITSELF = (Act.WITHHOLD_LINES, Act.SHOW_LINES)


def _facts(
    *, by: Actor, at: datetime, case: Case, entries: Collection[UUID], reason: str, look_on: date | None, **_: Any
) -> tuple[CareTeamFacts, WithheldFacts]:
    today, acts = calendar().local(at), {one.id: one.act for one in entries_of_case(case.pk)}
    named = [acts[key] for key in entries if key in acts]
    longest = today + timedelta(days=school_profile()["records.withheld_look_days"])
    facts = WithheldFacts(
        lines=len(named),
        openings=any(act in NEVER for act in named),
        reason_given=reason in REASONS,
        look_in_time=look_on is not None and today < look_on <= longest,
    )
    return CareTeamFacts(on_care_team(case, by)), facts


def _look(*, look_on: date | None, **_: Any) -> list[Owed]:
    assert look_on is not None, "the clause asked for it"
    return [Owed(LOOK, "CON-09", calendar().end_of(look_on))]


@audit.act(Act.WITHHOLD_LINES, on="case", facts=_facts, owes=_look)
def withhold(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    entries: Sequence[UUID],
    reason: str,
    look_on: date | None,
    once: UUID | None = None,
) -> Case:
    """Keep lines back from the client's page until somebody looks again; lines already kept back get the new day."""
    assert look_on is not None, "the clause asked for it"
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    settle_of_case(kind=LOOK, case=case.pk, by=by.id, at=at)
    kept = Withheld.objects.filter(case=case, shown_at=None)
    kept.update(look_on=look_on)
    before, there = set(kept.values_list("entry", flat=True)), {one.id for one in entries_of_case(case.pk)}
    for entry in sorted((set(entries) & there) - before):
        row = Withheld(case=case, entry=entry, by=Staff(pk=by.id), since=at, look_on=look_on)
        close_text(row, "reason", reason, ring.key(Scope.FILE))
        row.save(force_insert=True)
    return case


@audit.act(Act.SHOW_LINES, on="case", facts=care_facts)
def show(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """Everything that was kept back stands on the client's page again, each line at its own time."""
    Withheld.objects.filter(case=case, shown_at=None).update(shown_at=at)
    settle_of_case(kind=LOOK, case=case.pk, by=by.id, at=at)
    return case


def as_shown(case: UUID) -> list[Noted]:
    """The lines of a case as its client's page shows them now. While something is kept back, so is the keeping back."""
    rows = entries_of_case(case)
    kept = set(Withheld.objects.filter(case_id=case, shown_at=None).values_list("entry", flat=True))
    return [row for row in rows if row.id not in kept and not (kept and row.act in OF_ITSELF)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a client's log as the care team sees it: `kept` says that the page keeps it back."""

    noted: Noted
    kept: bool
    may: bool
    reason: Opened | None = None
    look_on: date | None = None


@audit.act(Act.READ_CLIENT_PAGE, on="case", facts=care_facts, reads=True)
def read_lines(*, by: Actor, at: datetime, case: Case) -> list[Line]:
    """Every line, and for each that is kept back why and until which look."""
    kept = {row.entry: row for row in Withheld.objects.filter(case=case, shown_at=None)}
    key = rings.open_ring("case", case.pk, opener_of(by)).key(Scope.FILE) if kept else None

    def line(noted: Noted) -> Line:
        row = kept.get(noted.id)
        if row is None or key is None:
            return Line(noted, kept=False, may=noted.act not in NEVER)
        return Line(noted, kept=True, may=True, reason=open_text(row, "reason", key), look_on=row.look_on)

    return [line(one) for one in entries_of_case(case.pk) if one.act not in OF_ITSELF and one.outcome != "not_yet"]
