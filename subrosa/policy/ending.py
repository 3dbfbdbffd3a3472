"""The charter's lines about an end that the client chooses, and about what may follow it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .acts import Act
from .clauses import agreed, confidentiality, ending
from .roles import Role
from .row import Row, only

SAFE, NOT_SAFE, NOT_SAID = "safe", "not_safe", "not_said"
HEARD = (SAFE, NOT_SAFE, NOT_SAID)  # to the one question that may follow an end: are you safe?
ENDING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.END_COUNSELING: Row(
            only(Role.CLIENT), "CLIENT-01", (confidentiality.a_client_sees_only_the_own_pages,), keeps=("CON-01",)
        ),
        Act.COME_AGAIN: Row(only(Role.CLIENT), "CLIENT-01", (confidentiality.a_client_sees_only_the_own_pages,)),
        Act.SAY_DOOR_IS_OPEN: Row(
            only(Role.COUNSELOR),
            "CLIENT-01",
            (
                confidentiality.only_the_care_team_opens,
                ending.one_neutral_message_follows_and_no_second,
                agreed.an_invitation_goes_to_the_own_account,
            ),
        ),
        Act.ASK_IF_SAFE: Row(
            only(Role.COUNSELOR),
            "CLIENT-01",
            (
                confidentiality.only_the_care_team_opens,
                ending.only_open_danger_lets_somebody_ask,
                ending.who_has_left_is_asked_once,
                ending.what_was_heard_has_its_day,
            ),
            keeps=("RISK-01",),
        ),
    }
)
