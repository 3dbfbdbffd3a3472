"""What a center is made of: code, founding, teams, people and their ways in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """How one person stands to the code in force. Guard: the staff row."""

    in_force: int
    signed: int
    overdue: bool
    signing: int = 0
    situations_seen: int = 0


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """A version about to be published. Guard: the school's advisory day lock of the code."""

    dropped: tuple[str, ...]
    reason_given: bool
    change_named: bool


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A one-time link at the door. Guard: the invitation row."""

    used: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class FoundingFacts:
    """How far the founding of a center has come. Guard: the lead's staff row (only the lead founds)."""

    founded: bool
    seats: int
    sealed: bool
    seat_asked: int = 0


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Who would sit in a team. Guard: the staff rows."""

    certified: bool
    client_facing: bool
    members: int = 0


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """The roles of a colleague-to-be. Guard: none, no row of theirs is there yet."""

    known_roles: bool
    desk_and_school: bool = False


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """A list about to be imported. Guard: nothing; each row's mark is unique."""

    rows: int
    refers_to_cases: bool = False


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What a school system asks for: a figure of the whitelist, or anything else. Guard: none, nothing is read by it."""

    listed: bool


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """Whether what a client asks for is the client's own. Guard: the client row."""

    own: bool


@dataclass(frozen=True, slots=True)
class CareTeamFacts:
    """Who holds a case. Guard: the case row."""

    on_team: bool
    open: bool = True
    bound: bool = False  # it went to the archive, or was destroyed; never so for the client's own pages


@dataclass(frozen=True, slots=True)
class DepartureFacts:
    """Somebody whose access is about to end or to begin again. Guard: that staff row.

    `cases_alone` are files not yet in the archive, `teams_alone` keys of the house, that no other active colleague holds.
    """

    oneself: bool
    fits: bool
    last_custodian: bool = False
    cases_alone: int = 0
    bookings_ahead: int = 0
    teams_alone: int = 0


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """A difference that somebody explains. Guard: the duty rows, which are settled once."""

    open: bool
    explained: bool


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Whether a client has a way in of the own. Guard: the client row."""

    there: bool
