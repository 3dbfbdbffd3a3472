"""The charter's lines about a wider circle: shown to the client first, then handed the key, or not after all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..acts import Act
from ..clauses import confidentiality, founding, joining
from ..clauses.base import Clause
from ..roles import Role
from .row import Row, only

TEAM_AT_ONCE = (
    "danger",
    "nobody_on_duty",
)  # why a team's key cannot wait: danger to somebody; else nobody would be on duty
CASE_AT_ONCE = ("told", "danger")  # why a file whose counselor is gone cannot wait: its client knows; danger

MEMBERS = only(Role.COUNSELOR, Role.CUSTODIAN)
FITS: tuple[Clause[Any], ...] = (
    founding.only_a_certified_colleague_joins,
    founding.the_desk_key_is_for_counselors_and_reception,
)

JOINING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.SHOW_JOINING: Row(
            only(Role.COUNSELOR), "CON-09", (confidentiality.only_who_holds_a_case_hands_it_on,), keeps=("CONF-02",)
        ),
        Act.DROP_JOINING: Row(only(Role.COUNSELOR), "CON-09", (confidentiality.only_who_holds_a_case_hands_it_on,)),
        Act.GRANT_CASE: Row(
            only(Role.COUNSELOR),
            "CONF-02",
            (
                confidentiality.only_who_holds_a_case_hands_it_on,
                joining.a_wider_circle_is_shown_before_it_takes_effect,
            ),
        ),
        Act.SHOW_TEAM_JOINING: Row(MEMBERS, "CON-09", FITS, keeps=("CONF-07",)),
        Act.DROP_TEAM_JOINING: Row(MEMBERS, "CON-09"),
        Act.JOIN_TEAMS: Row(MEMBERS, "CONF-07", (*FITS, joining.a_team_grows_only_after_it_was_shown)),
        Act.DROP_HOLDER: Row(only(Role.LEAD), "CON-09", (founding.only_a_recovery_that_waits_is_taken_back,)),
        Act.RECOVER_CASE: Row(
            only(Role.COUNSELOR),
            "CONF-07",
            (
                founding.only_the_named_holder_recovers,
                founding.two_sheets_of_two_seats_are_typed,
                joining.a_successor_is_shown_before_the_key_goes,
            ),
            keeps=("CONF-02",),
        ),
    }
)
