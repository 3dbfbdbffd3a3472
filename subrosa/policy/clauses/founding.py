"""How a center begins: its keys, its seats, and what the principal signs (MGMT-01, CONF-05, CONF-07)."""

from __future__ import annotations

from datetime import date

from ..facts import FoundingFacts, InvitationFacts, RecoveryFacts, TeamFacts
from ..ruling import Outcome
from .base import clause

SEATS = 3  # keys.md: any two of three recover
NEEDED = 2


@clause("MGMT-01", since=date(2018, 7, 1))
def a_center_is_founded_once(facts: FoundingFacts) -> bool:
    """A founding link opens an empty house only."""
    return not facts.founded


@clause("CONF-07", since=date(2018, 7, 1), missing=("next_seat",))
def a_seat_sheet_is_shown_once(facts: FoundingFacts) -> bool:
    """Three sheets, one after the other; none is shown a second time, none can be made after the founding is sealed."""
    return not facts.sealed and facts.seat_asked == facts.seats + 1 <= SEATS


@clause("CONF-07", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("seat_sheets",))
def nothing_can_be_lost_before_keys_are_used(facts: FoundingFacts) -> bool:
    """The house and desk keys are split over three seats before the center opens."""
    return facts.seats == SEATS and not facts.sealed


@clause("COMP-01", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("activated_key",))
def only_a_key_that_exists_is_certified(facts: TeamFacts) -> bool:
    """A colleague has opened the link and made a key before the lead signs it."""
    return facts.certified


@clause("CONF-05", since=date(2018, 7, 1))
def the_desk_key_is_for_counselors_and_reception(facts: TeamFacts) -> bool:
    """Leadership, steward and student helpers never hold the desk key."""
    return facts.client_facing


@clause("CONF-05", since=date(2018, 7, 1))
def no_student_helper_is_invited(facts: InvitationFacts) -> bool:
    """Who is invited has a role of the house; student helpers have none, so none of them ever holds the desk key."""
    return facts.known_roles


@clause("CONF-05", since=date(2018, 7, 1))
def leaders_and_stewards_hold_no_desk_key(facts: InvitationFacts) -> bool:
    """Counselors and reception get the desk key; nobody who leads the school or runs its machines is one of them as well."""
    return not facts.desk_and_school


@clause("CONF-07", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("certified_key",))
def only_a_certified_colleague_joins(facts: TeamFacts) -> bool:
    """Whoever is taken into a team has a key that the lead has signed after seeing the person."""
    return facts.certified


@clause("CONF-07", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=("certified_counselor",))
def a_team_has_a_member(facts: TeamFacts) -> bool:
    """A team's key needs at least one certified member who is not the one who makes it."""
    return facts.members > 0


def _unnamed(facts: RecoveryFacts) -> tuple[str, ...]:
    return tuple(part for part, there in (("new_holder", facts.named), ("ground", facts.ground)) if not there)


@clause("CONF-07", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=_unnamed)
def a_recovery_names_a_counselor_and_a_ground(facts: RecoveryFacts) -> bool:
    """Who gets one case back is a certified counselor, and the ground is one of the list."""
    return not _unnamed(facts)


@clause("CONF-07", since=date(2018, 7, 1))
def one_recovery_of_a_case_at_a_time(facts: RecoveryFacts) -> bool:
    """While one holder is named and has not got the case yet, nobody else is named for it."""
    return not facts.waiting


@clause("CONF-07", since=date(2018, 7, 1))
def only_a_recovery_that_waits_is_taken_back(facts: RecoveryFacts) -> bool:
    """A naming is taken back while the case has not gone anywhere; afterwards there is nothing to take back."""
    return facts.waiting


@clause("CONF-07", since=date(2018, 7, 1))
def only_the_named_holder_recovers(facts: RecoveryFacts) -> bool:
    """Sheets give a case to the one who was named for it, once, and to nobody else."""
    return facts.named


def _sheets(facts: RecoveryFacts) -> tuple[str, ...]:
    return tuple(f"sheet_{place}" for place in facts.wrong) or ("second_sheet",)


@clause("CONF-07", since=date(2018, 7, 1), otherwise=Outcome.NOT_YET, missing=_sheets)
def two_sheets_of_two_seats_are_typed(facts: RecoveryFacts) -> bool:
    """Any two of the three seats, each by the sheet that its keeper types; a sheet that opens no seat is named."""
    return facts.seats >= NEEDED and not facts.wrong
