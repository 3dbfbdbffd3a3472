"""The charter's lines about the day: who is here, moved times, and somebody who sits down without a booking."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import appointments, confidentiality, consent, ending, risk
from ..roles import Role
from .row import ASKED_BY_CALLERS, AT_THE_DESK, Row, only

RECEIVING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.CHECK_IN: Row(
            AT_THE_DESK,
            "APPT-01",
            (appointments.only_what_is_booked_ends, appointments.who_is_here_is_here_on_the_day),
        ),
        Act.MOVE_BOOKING: Row(
            AT_THE_DESK,
            "APPT-01",
            (
                appointments.only_what_is_booked_ends,
                appointments.a_booking_lies_ahead,
                appointments.a_booking_is_in_an_offered_time,
                appointments.a_time_is_booked_once,
                appointments.new_clients_go_to_who_receives,
            ),
            keeps=("CLIENT-01",),
        ),
        Act.REVIVE_BOOKING: Row(
            AT_THE_DESK | only(Role.CLIENT),
            "APPT-01",
            (
                confidentiality.a_client_sees_only_the_own_pages,
                appointments.only_a_cancelled_time_is_taken_again,
                appointments.a_booking_lies_ahead,
                appointments.a_booking_is_in_an_offered_time,
                appointments.a_time_is_booked_once,
                ending.nobody_books_for_who_has_left,
            ),
            keeps=("CLIENT-01",),
        ),
        Act.DECLINE: Row(AT_THE_DESK, "ETH-05", (appointments.declining_has_a_listed_reason,), keeps=("CLIENT-01",)),
        Act.COMPARE_TREATMENT: Row(only(Role.LEAD), "ETH-05", keeps=("CONF-05",)),
        Act.SORT_BY_TRAIT: Row(ASKED_BY_CALLERS, "ETH-05", (appointments.no_list_is_sorted_by_a_trait,)),
        Act.SIT_DOWN: Row(only(Role.COUNSELOR), "APPT-01", keeps=("CLIENT-01", "CON-01")),
        Act.GET_UP: Row(
            only(Role.COUNSELOR),
            "APPT-01",
            (confidentiality.only_the_care_team_opens, appointments.a_sitting_becomes_one_thing),
        ),
        Act.HOLD_WALK_IN: Row(
            only(Role.COUNSELOR),
            "CON-01",
            (
                confidentiality.only_the_care_team_opens,
                appointments.a_sitting_becomes_one_thing,
                consent.a_first_meeting_begins_with_the_promise,
            ),
        ),
        Act.KEEP_BRIEF: Row(
            only(Role.COUNSELOR),
            "CONF-04",
            (confidentiality.only_the_care_team_opens, appointments.a_sitting_becomes_one_thing),
        ),
        Act.SIGN_BRIEF: Row(
            only(Role.COUNSELOR),
            "REC-01",
            (
                confidentiality.only_the_care_team_opens,
                appointments.a_sitting_becomes_one_thing,
                appointments.a_brief_contact_says_what_it_was_about,
                appointments.a_long_meeting_says_why,
                risk.every_record_answers_the_question_of_danger,
                risk.watching_names_a_next_step_and_its_day,
                risk.acting_says_who_knows_now,
            ),
            keeps=("CON-01", "CONF-04"),
        ),
        Act.READ_BRIEF: Row(only(Role.COUNSELOR), "CONF-02", (confidentiality.only_the_care_team_opens,)),
        Act.LEAVE_UNNAMED: Row(
            only(Role.COUNSELOR),
            "APPT-01",
            (confidentiality.only_the_care_team_opens, appointments.a_first_meeting_gets_its_name),
            keeps=("CLIENT-01",),
        ),
        Act.REGISTER_CLIENT: Row(
            AT_THE_DESK,
            "APPT-01",
            (appointments.a_student_is_matched_after_being_seen, appointments.a_known_student_goes_on_where_they_were),
        ),
        Act.GO_ON_WITH: Row(
            only(Role.COUNSELOR),
            "CONF-05",
            (confidentiality.only_the_care_team_opens, appointments.two_files_are_not_joined_in_passing),
        ),
    }
)
