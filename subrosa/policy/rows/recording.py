"""The charter's lines about the record: its draft, its signature, what is added later, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..acts import Act
from ..clauses import appointments, archiving, confidentiality, consent, records, risk
from ..clauses.base import Clause
from ..roles import Role
from .row import Row, only

OPENED: tuple[Clause[Any], ...] = (
    confidentiality.only_the_care_team_opens,
    archiving.a_file_in_the_archive_opens_there,
)

RECORDING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.KEEP_DRAFT: Row(
            only(Role.COUNSELOR),
            "CONF-04",
            (confidentiality.only_the_care_team_opens, records.a_signed_record_is_never_changed),
            keeps=("CONF-03",),
        ),
        Act.READ_DRAFT: Row(only(Role.COUNSELOR), "CONF-04"),
        Act.CHOOSE_DRAFT: Row(
            only(Role.COUNSELOR),
            "CONF-04",
            (confidentiality.only_the_care_team_opens, records.a_signed_record_is_never_changed),
        ),
        Act.PUT_DRAFT_AWAY: Row(
            only(Role.COUNSELOR),
            "CONF-04",
            (confidentiality.only_the_care_team_opens, records.a_signed_record_is_never_changed),
        ),
        Act.WRITE_NOTE: Row(
            only(Role.COUNSELOR),
            "CONF-02",
            (
                confidentiality.only_the_care_team_opens,
                records.a_signed_record_is_never_changed,
                records.a_record_is_of_a_held_meeting,
                records.another_text_is_looked_at_before_signing,
                consent.the_first_full_record_waits_for_the_signature,
                consent.the_first_full_record_waits_for_what_is_listed,
                records.every_part_has_text_or_a_choice,
                appointments.the_first_full_record_waits_for_the_form,
                appointments.a_long_meeting_says_why,
                risk.every_record_answers_the_question_of_danger,
                risk.watching_names_a_next_step_and_its_day,
                risk.acting_says_who_knows_now,
            ),
            keeps=("CONF-01", "CONF-04", "COMP-03"),
        ),
        Act.WRITE_SHORT: Row(
            only(Role.COUNSELOR),
            "REC-01",
            (
                confidentiality.only_the_care_team_opens,
                records.a_signed_record_is_never_changed,
                records.a_record_is_of_a_held_meeting,
                records.a_short_record_has_its_lines,
                risk.every_record_answers_the_question_of_danger,
                risk.watching_names_a_next_step_and_its_day,
                risk.acting_says_who_knows_now,
            ),
            keeps=("CONF-02", "CONF-04", "COMP-03"),
        ),
        Act.NOTE_STEP_DONE: Row(
            only(Role.COUNSELOR),
            "RISK-02",
            (confidentiality.only_the_care_team_opens, risk.only_what_danger_owes_is_noted_as_done),
        ),
        Act.NOTE_LENGTH: Row(
            only(Role.COUNSELOR),
            "APPT-04",
            (confidentiality.only_the_care_team_opens, records.a_signed_record_is_never_changed),
        ),
        Act.ADD_TO_NOTE: Row(
            only(Role.COUNSELOR),
            "CONF-02",
            (confidentiality.only_the_care_team_opens, records.an_addition_belongs_to_a_signed_record),
            keeps=("CONF-04",),
        ),
        Act.CHANGE_NOTE: Row(
            only(Role.COUNSELOR),
            "CONF-02",
            (confidentiality.only_the_care_team_opens, records.a_signed_record_is_never_changed),
        ),
        Act.READ_NOTES: Row(only(Role.COUNSELOR), "CONF-02", OPENED, keeps=("CONF-01",)),
        Act.LOOK_BACK: Row(only(Role.COUNSELOR), "CONF-02", OPENED),
        Act.READ_REASON: Row(only(Role.COUNSELOR, Role.CLIENT), "CONF-02", OPENED),
    }
)
