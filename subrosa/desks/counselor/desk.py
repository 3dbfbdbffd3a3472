"""Today: the day's meetings and what each still needs, what is owed, my cases."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from subrosa.desks.common import notices
from subrosa.desks.common.newcomers import meet
from subrosa.desks.common.order import in_order_of_time
from subrosa.desks.common.owed import shown as owed_shown
from subrosa.desks.common.owed import title
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.desks.common.taking_in import newcomers
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment.queries import day_of, next_day_of
from subrosa.records.appointment.resting import resting_of
from subrosa.records.appointment.sitting import unfinished
from subrosa.records.appointment.unsaid import DUTY, unsaid_meetings
from subrosa.records.case.mine import cases_by_need
from subrosa.records.case.queries import my_case_count, shared_with
from subrosa.records.correspondence.queries import waiting
from subrosa.records.duty.queries import newest_needs, owed_by, owed_count
from subrosa.records.outreach.queries import from_the_door
from subrosa.records.person.clients import Identity, read_identities
from subrosa.records.standing.queries import standing_of

from .hours import ahead, endings
from .meeting import Meeting, meetings
from .minors import looks
from .pressing import said_urgent
from .words import CASE_STATES

A_PAGE = 20


@audience(Role.COUNSELOR, locked_too=True)
@in_order_of_time
def desk(there: Visit) -> HttpResponse:
    """The counselor's first page."""
    return today(there)


def today(there: Visit, ruling: Ruling | None = None) -> HttpResponse:
    """The page, with the charter's answer on top where something on it was refused."""
    rows = day_of(there.by.id, there.at)
    later = [] if rows else next_day_of(there.by.id, there.at)
    unsaid = unsaid_meetings(there.by.id, there.at)
    needs = newest_needs(there.by.id)
    page, cases = _cases(there, needs)
    others = shared_with(there.by.id)
    resting = resting_of(there.by.id, there.at)
    door = [] if there.locked else from_the_door(there.by.id, there.at)
    said = said_urgent(there)
    named = (*unsaid, *rows, *later, *cases, *others, *door, *said, *(r.case for r in resting))
    known = who_they_are(there, {one.client_id for one in named})
    urgent = {one.case_id for one in door if is_urgent(known.get(one.client_id))} | {one.case_id for one in said}
    pressing = urgent | {one.pk for one in said}
    names = {key: one.name for key, one in known.items()}
    looks(there, known)
    values = {
        "ruling": shown(ruling) if ruling else None,
        "locked": there.locked,
        **_lists(there, {"unsaid": unsaid, "meetings": rows, "later": later}, names, pressing),
        "ahead": ahead(rows, there.at, names),
        "endings": endings(rows, there.at),
        "later_day": later[0].starts_at if later else None,
        "waiting": waiting(there.by.id, there.at),
        "urgent": len(urgent),
        "sittings": unfinished(there.by.id),
        "notices": notices.lines(there),
        "newcomers": newcomers(there),
        "request_path": there.request.path,
        "cases": [_case(one, known, needs.get(one.pk, ""), urgent) for one in cases],
        "others": [_case(one, known) for one in others],
        "page_obj": page,
        "resting": [{"row": one, "name": names.get(one.case.client_id, "")} for one in resting],
        **owed_here(there),
        "mine": standing_of(there.by.id, there.at),
        "margin": margin("REC-01", "CONF-02", "ETH-01"),
        "once": uuid.uuid4(),
        "today": there.at,
    }
    return render(there.request, "counselor/desk.html", values, status=status_of(ruling))


def _lists(
    there: Visit, rows: dict[str, list[Any]], names: dict[UUID, str], urgent: Collection[UUID]
) -> dict[str, list[Meeting]]:
    """Several lists of meetings, asked for together: the number of statements is that of one list."""
    shown_here = iter(meetings([one for some in rows.values() for one in some], there.at, names, urgent))
    return {name: list(islice(shown_here, len(some))) for name, some in rows.items()}


def owed_here(there: Visit) -> dict[str, Any]:
    """The first page of what is owed, and how much more there is on the page of all."""
    mine = owed_by(there.by.id)
    more = owed_count(there.by.id) - len(mine)
    listed = [one for one in mine if one.kind != DUTY]  # each of those has its own two presses, above
    return {"owed": owed_shown(listed, there.at), "more": more, "more_url": reverse("owed")}


def _cases(there: Visit, needs: dict[UUID, str]) -> tuple[Page[int], list[Any]]:
    count = Paginator(range(my_case_count(there.by.id)), A_PAGE)
    page = count.get_page(there.request.GET.get("page"))
    return page, cases_by_need(there.by.id, list(needs), most=A_PAGE, start=(page.number - 1) * A_PAGE)


def _case(row: Any, known: dict[UUID, Identity], need: str = "", urgent: Collection[UUID] = ()) -> dict[str, Any]:
    who = known.get(row.client_id)
    return {
        "row": row,
        "name": who.name if who else "",
        "of": who.class_name if who else "",
        "state": CASE_STATES["left" if row.state == "open" and row.left_at else row.state],
        "need": title(need) if need else "",
        "urgent": row.pk in urgent,
    }


def is_urgent(who: Identity | None) -> bool:
    """Whether somebody said at the door that it is urgent; False where the name is not open."""
    return who is not None and who.urgent


def who_they_are(there: Visit, clients: Iterable[UUID]) -> dict[UUID, Identity]:
    """Names, where this session is unlocked and holds the desk's key; else nobody is named."""
    wanted = list(clients)
    if there.locked or not wanted:
        return {}
    meet(there, wanted)
    try:
        return read_identities(by=there.by, at=there.at, clients=wanted)
    except Refused:
        return {}
