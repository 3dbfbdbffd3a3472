"""What belongs to the agreement in a meeting, as presses: talked over, hoped for, signed on paper, the device handed over."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from subrosa.desks.common import handed
from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.policy.wording import Wording
from subrosa.records.case import queries
from subrosa.records.consent import actions as consent
from subrosa.records.consent.expectation import write_expectation
from subrosa.records.consent.queries import in_force
from subrosa.records.consent.renewal import renew
from subrosa.records.consent.understanding import talk_over
from subrosa.records.person.clients import client as client_row
from subrosa.records.person.queries import staff

from .around import said_of_points
from .closed import closed_to_you
from .file import answer
from .presses import Wrong, on_file

LONGEST = 2000  # characters of one line


def _talk_over(there: Visit, row: Any) -> object:
    said = said_of_points(there.request.POST)
    if not said:
        raise Wrong(gettext("Please say for at least one situation whether it was understood or comes again."))
    return talk_over(by=there.by, at=there.at, case=row, said=said, once=there.once)


def _hope(there: Visit, row: Any) -> object:
    hope, realistic = (there.request.POST.get(name, "").replace("\r\n", "\n") for name in ("hope", "realistic"))
    if max(len(hope), len(realistic)) > LONGEST:
        raise Wrong(gettext("A line is enough here: at most 2,000 characters each. Nothing is lost."))
    return write_expectation(by=there.by, at=there.at, case=row, hope=hope, realistic=realistic, once=there.once)


def _paper(there: Visit, row: Any) -> object:
    agreement, post = in_force(), there.request.POST
    if agreement is None:
        raise Wrong(gettext("No agreement is published yet."))
    try:
        day, seen_by = date.fromisoformat(post.get("signed_on", "")), staff(UUID(post.get("seen_by", "")))
    except ValueError:
        raise Wrong(gettext("Please give the date on the paper and who saw it signed.")) from None
    language, wording = post.get("language", ""), post.get("wording", Wording.WHOLE)
    if seen_by is None or language not in ("zh-hans", "en") or wording not in set(Wording):
        raise Wrong(gettext("Please give the date on the paper and who saw it signed."))
    paper = consent.Paper(day, seen_by, language, Wording(wording))
    return consent.note_paper(by=there.by, at=there.at, case=row, agreement=agreement, paper=paper, once=there.once)


def _renew(there: Visit, row: Any) -> object:
    return renew(by=there.by, at=there.at, case=row, once=there.once)


points = on_file(_talk_over, "agreed")
renewal = on_file(_renew, "agreed")
expectation = on_file(_hope, "agreed")
paper = on_file(_paper, "agreed")


@require_POST
@audience(Role.COUNSELOR, unlocked=True)
def hand_over(there: Visit, key: UUID) -> HttpResponse:
    """The device is the client's for a while: this session locks, and only what is shared of this case goes along."""
    row = queries.case(key)
    client = client_row(row.client_id) if row else None
    if row is None or client is None or not queries.on_care_team(row, there.by):
        return closed_to_you(there.request)
    try:
        back = "close_case" if there.request.POST.get("back") == "close" else "case"
        return handed.give(there, client, case=row, back_to=reverse(back, args=[key]))
    except Refused as refused:
        return answer(there, row, refused)
