"""One client at the desk: a code for an account, a time, what lies ahead."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common import handed, slots
from subrosa.desks.common.newcomers import meet
from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import RulingShown, margin, status_of
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import actions, queries, registering
from subrosa.records.appointment.facts import may_write
from subrosa.records.appointment.registering import WhyDeclined
from subrosa.records.case.queries import on_care_team, open_case_of
from subrosa.records.person import clients
from subrosa.records.person import queries as people
from subrosa.records.person.entrance import by_return_code
from subrosa.records.standing.queries import offered_to_new_clients
from subrosa.records.vault import keys

from .names import AT_THE_DESK, at_the_desk

LONGEST = 2000  # characters of what stood on a paper
FORM: Final[Mapping[str, object]] = {"who": _("who it is"), "class": _("class"), "reach": _("how to be reached")}
WHY_DECLINED: Final[Mapping[WhyDeclined, object]] = {
    WhyDeclined.BEYOND_COMPETENCE: _("Beyond what we can do: with help to somebody who can"),
    WhyDeclined.OWN_RELATION: _("A relation of the counselor's own: a colleague instead"),
    WhyDeclined.NO_FREE_TIME: _("No time is free now: waits"),
    WhyDeclined.ANOTHER_OFFICE: _("A matter of another office: shown the way"),
    WhyDeclined.DID_NOT_WANT: _("Did not want to, after all"),
}


def the_client(key: UUID) -> clients.Client:
    """The client of an address."""
    found = clients.client(key)
    if found is None:
        raise Http404
    return found


def counselors_for(there: Visit, case: Any) -> dict[UUID, str]:
    """Whose times are offered: the counselor of the open case, else everybody who takes new clients."""
    if case is not None:
        return dict(people.names([case.counselor_id]))
    return {one.id: one.name for one in offered_to_new_clients(there.at)}


def _moving(there: Visit, rows: Iterable[Any]) -> Any:
    """The booking that is being moved, if this page was opened for that."""
    wanted = there.request.POST.get("move") or there.request.GET.get("move", "")
    return next((row for row in rows if str(row.pk) == wanted), None)


def _declined(client: UUID) -> tuple[object, datetime] | None:
    row = registering.declined(client)
    return (WHY_DECLINED[WhyDeclined(row.reason)], row.at) if row is not None else None


@asked_for
@audience(*AT_THE_DESK, unlocked=True)
def someone(there: Visit, key: UUID) -> HttpResponse:
    """The page of one client; of one who was put together with somebody, the page where it goes on."""
    client = the_client(key)
    if client.joined_id is not None:
        return redirect("reception_client", client.joined_id)
    return client_page(there, client)


def client_page(
    there: Visit, client: clients.Client, *, ruling: RulingShown | None = None, chosen: str = "", error: str = ""
) -> HttpResponse:
    """The page, with the charter's answer on top where something on it was not done."""
    meet(there, [client.pk])
    identity = clients.read_identities(by=there.by, at=there.at, clients=[client.pk]).get(client.pk)
    case = open_case_of(client.pk)
    names = counselors_for(there, case)
    offers = queries.free(list(names), there.at)
    taken = ruling is not None and any(one.clause_id == "APPT-01" for one in ruling.reasons)
    gone = slots.picked(chosen) if taken else None
    account = clients.account_of(client.pk)
    every = queries.of_client(client.pk)
    rows = [row for row in every if row.state == "booked" and row.ends_at >= there.at]
    counselors = people.names({row.staff_id for row in rows})
    values = {
        "client": client,
        "identity": identity,
        "name": clients.name_shown(identity),
        "account": account,
        "matched": bool(client.roster_mark),
        "by_digits": account is not None and by_return_code(client.pk),
        "code_until": clients.waiting_code(client.pk),
        "ahead": [(row, counselors.get(row.staff_id, "")) for row in rows[::-1]],
        "moving": _moving(there, rows),
        "given_back": [row for row in every if row.state == "cancelled" and row.starts_at > there.at][:3],
        "lacks": [FORM[part] for part in client.lacks if part in FORM],
        "why_declined": WHY_DECLINED.items(),
        "once_decline": uuid.uuid4(),
        "declined": _declined(client.pk),
        "writes": may_write(there.by, case),
        "paper_words": there.request.POST.get("paper_words", ""),
        "days": slots.by_day(offers, names, chosen),
        "nearest": slots.nearest(offers, gone.starts_at, names) if gone else [],
        "several": len(names) > 1,
        "names": list(names.values()),
        "has_case": case is not None,
        "ruling": ruling,
        "error": error,
        "booked": there.request.GET.get("booked", ""),
        "margin": margin("CONF-05", "APPT-01", "CON-01"),
        "once": uuid.uuid4(),
        "once_code": uuid.uuid4(),
        "once_device": uuid.uuid4(),
    }
    status = 422 if error else status_of(ruling)
    return render(there.request, "reception/someone.html", values, status=status)


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def book(there: Visit, key: UUID) -> HttpResponse:
    """Hold a time for this client. The desk writes no reason and reads none; a counselor copies what came on paper."""
    client, chosen, case = the_client(key), there.request.POST.get("slot", ""), open_case_of(key)
    words = there.request.POST.get("paper_words", "").replace("\r\n", "\n").strip() if may_write(there.by, case) else ""
    if len(words) > LONGEST:
        return client_page(
            there, client, chosen=chosen, error=gettext("At most 2,000 characters fit. Nothing is lost.")
        )
    offer = slots.picked(chosen)
    if offer is None or (case and offer.opening.staff_id not in counselors_for(there, case)):
        return client_page(there, client, error=gettext("Please choose a time."))
    try:
        made = actions.book(
            by=there.by,
            at=there.at,
            client=client,
            opening=offer.opening,
            starts_at=offer.starts_at,
            ends_at=offer.ends_at,
            reason=words,
            once=there.once,
        )
    except Refused as refused:
        return client_page(there, client, ruling=at_the_desk(refused.ruling), chosen=chosen)
    return redirect(f"{reverse('reception_client', args=[key])}?booked={made.pk}")


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def code(there: Visit, key: UUID) -> HttpResponse:
    """A slip with a code, shown once. A second press of the same button shows no code that would not open."""
    client, fresh = the_client(key), keys.new_activation_code()
    row: Any = clients.give_code(by=there.by, at=there.at, client=client, code=fresh, once=there.once)
    same = row is not None and bytes(row.code_hash) == keys.code_mark(fresh)
    values = {
        "client": client,
        "code": fresh if same else "",
        "until": row.until if row is not None else None,
        "address": there.request.build_absolute_uri(reverse("account")),
        "margin": margin("CONF-05", "CLIENT-01"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "reception/slip.html", values)


@require_POST
@audience(*AT_THE_DESK, unlocked=True)
def hand_over(there: Visit, key: UUID) -> HttpResponse:
    """The device is the client's for a while. The desk holds no case; a counselor's own case goes along with its key."""
    client, case = the_client(key), open_case_of(key)
    mine = case if case is not None and on_care_team(case, there.by) else None
    try:
        return handed.give(there, client, case=mine, back_to=reverse("reception_client", args=[key]))
    except Refused as refused:
        return client_page(there, client, ruling=at_the_desk(refused.ruling))
