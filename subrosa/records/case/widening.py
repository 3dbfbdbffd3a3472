"""Who is to open a client's file or words and cannot yet, and who had to at once: what the client's page says first (CON-09)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from subrosa.records.person.teams import announced
from subrosa.records.school.calendar import calendar, works_from
from subrosa.records.vault.models import Grant
from subrosa.records.vault.rings import TEAMS

from .models import Case, Joining, Recovery


@dataclass(frozen=True, slots=True)
class ToCome:
    """One colleague: by which way ("case", "teams", or the ground of a recovery), from which day on, or at once and why."""

    staff: UUID
    way: str
    teams: tuple[str, ...] = ()
    starts: date | None = None
    at_once: str = ""
    since: date | None = None


def teams_of(cases: Iterable[UUID]) -> set[str]:
    """The teams whose key opens something of some files, read from the grants themselves."""
    rows = Grant.objects.filter(
        keyring__kind="case", keyring__of__in=list(cases), keyring__destroyed_at=None, holder__kind__in=TEAMS, share=0
    )
    return set(rows.values_list("holder__kind", flat=True))


def to_come(cases: Collection[Case], also: Collection[str] = ()) -> list[ToCome]:
    """Of one client's files: whoever joins one, gets one back, or joins a team that opens something of them.

    `also` are the teams that open words of this client that lie outside any file. As many statements for thirty as for one.
    """
    keys = [case.pk for case in cases]
    rows = Joining.objects.filter(case_id__in=keys, ended_at=None).order_by("shown_at", "id")
    found = [ToCome(row.staff_id, "case") for row in rows]
    return [*found, *_successors(keys), *_newcomers(None if also else _first(cases), teams_of(keys) | set(also))]


def _successors(cases: list[UUID]) -> list[ToCome]:
    """Whoever is named for a file whose counselor is gone, and who got one at once."""
    named = Q(done_at=None, holder__state="active") | ~Q(at_once="") & ~Q(holder__state="left")
    rows = Recovery.objects.filter(named, case_id__in=cases, dropped_at=None)
    found = []
    for row in rows.order_by("named_at", "id"):
        if row.done_at is None:
            found.append(ToCome(row.holder_id, row.ground, starts=works_from(row.named_at)))
        else:
            found.append(ToCome(row.holder_id, row.ground, at_once=row.at_once, since=calendar().local(row.done_at)))
    return found


def _first(cases: Collection[Case]) -> datetime | None:
    return min((case.opened_at for case in cases), default=None)


def _newcomers(began: datetime | None, teams: set[str]) -> list[ToCome]:
    """Whoever joins the teams; who joined at once stands here for those who were here before that.

    `began` is when the client was first here; None where that cannot be told, and every line stands.
    """
    found: dict[ToCome, tuple[str, ...]] = {}  # the same of several teams is said once
    for row in announced(teams):
        if row.ended_at is None:
            one = ToCome(row.staff_id, "teams", starts=works_from(row.shown_at))
        elif began is not None and row.ended_at < began:
            continue  # this client came later, and read the name from the first day on
        else:
            one = ToCome(row.staff_id, "teams", at_once=row.at_once, since=calendar().local(row.ended_at))
        found[one] = (*found.get(one, ()), row.team)
    return [replace(one, teams=on) for one, on in found.items()]
