"""Who leaves, and who is kept out for a while: nothing is lost with a person, and no center is left without a lead (CONF-07)."""

from __future__ import annotations

from datetime import date

from ..facts import DepartureFacts
from ..ruling import Outcome
from .base import clause


@clause("CONF-07", since=date(2018, 7, 1))
def nobody_ends_the_own_access(facts: DepartureFacts) -> bool:
    """A lead lets others go, never himself: so a center always keeps one who can let somebody in."""
    return not facts.oneself


@clause("COMP-01", since=date(2018, 7, 1))
def a_step_fits_how_somebody_stands(facts: DepartureFacts) -> bool:
    """Who works here can be suspended, who is suspended comes back, and who has left comes in by a new invitation only."""
    return facts.fits


@clause("CONF-07", since=date(2018, 7, 1))
def the_last_custodian_stays(facts: DepartureFacts) -> bool:
    """An archive has a custodian: the last one leaves when another has been taken in."""
    return not facts.last_custodian


def _held(facts: DepartureFacts) -> tuple[str, ...]:
    parts = (
        ("other_holder", facts.cases_alone),
        ("leavers_bookings", facts.bookings_ahead),
        ("other_team_holder", facts.teams_alone),
    )
    return tuple(part for part, count in parts if count)


@clause("CONF-07", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=_held)
def what_a_leaver_holds_is_in_other_hands_first(facts: DepartureFacts) -> bool:
    """Each running file and each key of the house has a holder who stays; nobody is booked with who will not come."""
    return not _held(facts)
