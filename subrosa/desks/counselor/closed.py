"""The one page for a file that does not open: the same for a colleague's file and for one that does not exist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from subrosa.desks.common.rulings import clause_shown, margin
from subrosa.policy.ruling import Ruling

NOT_YOURS = {
    "only_the_care_team_opens",
    "only_who_holds_a_case_hands_it_on",
    "only_a_holder_opens",
    "only_a_holder_grants",
    "this_is_not_for_you",
    "a_letter_opens_for_those_it_was_written_to",
}


def closed_to_you(request: HttpRequest) -> HttpResponse:
    """Nothing of the file, not even whether there is one."""
    values = {"clause": clause_shown("CONF-02"), "margin": margin("CONF-02", "MGMT-02")}
    return render(request, "counselor/closed.html", values, status=404)


def is_boundary(ruling: Ruling) -> bool:
    """The answer was: not your file. Whatever else the page would show stays closed."""
    return any(reason.rule in NOT_YOURS for reason in ruling.reasons)
