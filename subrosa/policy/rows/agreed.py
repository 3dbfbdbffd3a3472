"""The charter's lines about what both agree on: the plan, the goals, rest on purpose, the letter at the end."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import agreed, confidentiality, ending
from ..roles import Role
from .row import Row, only

AGREED: Mapping[Act, Row] = MappingProxyType(
    {
        Act.PROPOSE_PLAN: Row(
            only(Role.COUNSELOR),
            "CON-06",
            (
                confidentiality.only_the_care_team_opens,
                agreed.a_plan_is_made_while_the_case_goes_on,
                ending.nothing_is_planned_for_who_has_left,
                agreed.a_plan_has_its_six_parts,
            ),
            keeps=("CONF-04",),
        ),
        Act.CONFIRM_PLAN: Row(
            only(Role.COUNSELOR, Role.CLIENT),
            "CON-06",
            (
                confidentiality.only_the_care_team_opens,
                agreed.a_plan_is_made_while_the_case_goes_on,
                agreed.only_the_plan_as_it_stands_is_agreed_to,
                agreed.a_plan_waits_until_danger_was_asked,
                agreed.a_plan_opens_with_what_is_realistic,
            ),
        ),
        Act.READ_PLAN: Row(only(Role.COUNSELOR, Role.CLIENT), "CON-06", (confidentiality.only_the_care_team_opens,)),
        Act.AGREE_GOAL: Row(only(Role.COUNSELOR), "CON-06", (confidentiality.only_the_care_team_opens,)),
        Act.RATE_GOAL: Row(
            only(Role.COUNSELOR, Role.CLIENT),
            "ETH-02",
            (confidentiality.only_the_care_team_opens, agreed.a_rating_is_a_number_or_one_tap_why_not),
        ),
        Act.REST_CASE: Row(
            only(Role.COUNSELOR),
            "ETH-02",
            (
                confidentiality.only_the_care_team_opens,
                agreed.only_what_goes_on_can_rest,
                agreed.a_rest_ends_on_a_day_ahead,
            ),
        ),
        Act.INVITE_BACK: Row(
            only(Role.COUNSELOR),
            "ETH-02",
            (
                confidentiality.only_the_care_team_opens,
                agreed.only_what_goes_on_can_rest,
                ending.who_has_left_is_not_invited_back,
                agreed.an_invitation_goes_to_the_own_account,
            ),
            keeps=("CLIENT-01",),
        ),
        Act.WRITE_LETTER: Row(
            only(Role.COUNSELOR),
            "COMP-03",
            (
                confidentiality.only_the_care_team_opens,
                agreed.a_letter_that_was_handed_over_stays,
                ending.no_letter_follows_who_has_left,
                agreed.a_letter_names_no_illness_as_ones_own_finding,
            ),
            keeps=("CONF-04",),
        ),
        Act.READ_LETTER: Row(
            only(Role.CLIENT), "CONF-02", (confidentiality.a_client_sees_only_the_own_pages,), keeps=("CONF-07",)
        ),
    }
)
