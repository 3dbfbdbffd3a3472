"""Secrecy (CONF-01, CONF-02, CONF-04, CONF-05): who opens what, and that it is never mixed with school files."""

from __future__ import annotations

from datetime import date

from ..facts import AccountFacts, CareTeamFacts, ExportFacts, OwnFacts, RequestFacts, RosterFacts, TryFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CONF-02", since=SINCE)
def only_the_care_team_opens(facts: CareTeamFacts) -> bool:
    """A record opens for the treating counselor and the care team; whatever the role, nobody else."""
    return facts.on_team


@clause("CONF-02", since=SINCE)
def only_who_holds_a_case_hands_it_on(facts: CareTeamFacts) -> bool:
    """Nobody can add himself to a case."""
    return facts.on_team


@clause("CONF-02", since=SINCE)
def a_client_sees_only_the_own_pages(facts: OwnFacts) -> bool:
    """Another client's page does not open, whatever the address."""
    return facts.own


@clause("CONF-02", since=SINCE)
def a_request_is_read_on_duty_until_they_met(facts: RequestFacts) -> bool:
    """What was said before a first meeting opens for the care team, and for whoever is on duty until that meeting."""
    return facts.on_team or (facts.duty_holds and not facts.met)


@clause("CONF-05", since=SINCE)
def school_files_get_figures_and_nothing_else(facts: ExportFacts) -> bool:
    """No case, no result, no name goes towards a student record; school systems get listed aggregate figures."""
    return facts.listed


@clause("CONF-05", since=SINCE)
def the_schools_list_never_names_a_case(facts: RosterFacts) -> bool:
    """The roster and those who come are two islands: no list that is imported carries a case or a client."""
    return not facts.refers_to_cases


@clause("CONF-02", since=SINCE, otherwise=Outcome.NOT_YET, missing=("account",))
def what_is_shared_needs_an_account(facts: AccountFacts) -> bool:
    """The key of what is shared goes to the client's own pair, so there must be one."""
    return facts.there


@clause("CONF-04", since=SINCE, otherwise=Outcome.NOT_YET, missing=("an_hour",))
def after_wrong_codes_one_waits(facts: TryFacts) -> bool:
    """Whoever guesses return codes waits; whether there is such a code is told to nobody."""
    return facts.wrong < facts.most
