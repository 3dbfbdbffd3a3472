"""The code itself and the people bound by it (ETH-01, COMP-01, MGMT-01)."""

from __future__ import annotations

from datetime import date

from ..facts import AdoptionFacts, CodeFacts, LinkFacts
from ..ruling import Outcome
from .base import clause

SITUATIONS = 3  # ETH-01: the check is three situations with the answer explained


@clause("ETH-01", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("code_signature",))
def whoever_receives_has_signed_the_code(facts: CodeFacts) -> bool:
    """Client-facing rights begin when some version of the code is signed."""
    return facts.signed > 0


@clause("ETH-01", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("code_signature_renewed",))
def whoever_is_offered_to_new_clients_signed_in_time(facts: CodeFacts) -> bool:
    """A new version is signed within the profile's time; after that no new clients, and nothing else stops."""
    return not facts.overdue


@clause("ETH-01", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("version_in_force",))
def only_the_version_in_force_is_signed(facts: CodeFacts) -> bool:
    """A page that lay open while a new version was published signs nothing old."""
    return facts.signing == facts.in_force > 0


@clause("ETH-01", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("situations",))
def the_situations_were_met_before_signing(facts: CodeFacts) -> bool:
    """Three situations are answered and their answers explained; how they were answered is never kept."""
    return facts.situations_seen >= SITUATIONS


def _dropped(facts: AdoptionFacts) -> tuple[str, ...]:
    return facts.dropped


@clause("MGMT-01", since=date(2018, 7, 1), missing=_dropped)
def a_version_drops_no_clause_without_reason(facts: AdoptionFacts) -> bool:
    """Adopting a version that leaves out a clause names the reason."""
    return not facts.dropped or facts.reason_given


@clause("MGMT-01", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("change_note",))
def a_version_says_what_changed(facts: AdoptionFacts) -> bool:
    """Whoever signs again sees what is different."""
    return facts.change_named


@clause("COMP-01", since=date(2018, 7, 1), missing=("unused_link",))
def a_link_opens_once(facts: LinkFacts) -> bool:
    """An invitation is for one person, once."""
    return not facts.used


@clause("COMP-01", since=date(2018, 7, 1), missing=("link_in_time",))
def a_link_opens_in_time(facts: LinkFacts) -> bool:
    """An invitation that lay about too long opens nothing."""
    return not facts.expired
