"""The charter's lines about an end that the client chooses and what may follow it, and about a time that others propose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import agreed, appointments, confidentiality, consent, duties, ending, proposing
from ..roles import Role
from .row import AT_THE_DESK, Row, only

SAFE, NOT_SAFE, NOT_SAID = "safe", "not_safe", "not_said"
YES, ANOTHER, NO = "yes", "another", "no"
ANSWERS = (YES, ANOTHER, NO)  # to a proposed time
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
        Act.PROPOSE_TIME: Row(
            AT_THE_DESK,
            "CLIENT-01",
            (
                appointments.a_center_opens_with_the_principals_page_signed,
                appointments.a_booking_lies_ahead,
                appointments.a_booking_is_in_an_offered_time,
                appointments.a_time_is_booked_once,
                appointments.new_clients_go_to_who_receives,
                appointments.new_clients_go_to_who_is_verified,
                duties.late_records_pause_new_clients_only,
                consent.counseling_goes_on_only_signed,
                proposing.one_time_is_proposed_at_once,
                ending.nobody_books_for_who_has_left,
            ),
            keeps=("CONF-05",),
        ),
        Act.ANSWER_PROPOSAL: Row(
            only(Role.CLIENT, Role.DOOR),
            "CLIENT-01",
            (
                proposing.only_whoever_is_meant_answers,
                proposing.a_proposal_ends_with_its_time,
                proposing.an_answer_is_yes_another_time_or_no,
            ),
            keeps=("CONF-02",),
        ),
        Act.WITHDRAW_PROPOSAL: Row(AT_THE_DESK, "CLIENT-01", keeps=("CONF-05",)),
    }
)
