"""The charter's lines about the record: its draft, its signature, what is added later, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .acts import Act
from .clauses import appointments, confidentiality, consent, records
from .roles import Role
from .row import Row, only

RECORDING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.KEEP_DRAFT: Row(
            only(Role.COUNSELOR),
            "CONF-04",
            (confidentiality.only_the_care_team_opens, records.a_signed_record_is_never_changed),
        ),
        Act.READ_DRAFT: Row(only(Role.COUNSELOR), "CONF-04"),
        Act.WRITE_NOTE: Row(
            only(Role.COUNSELOR),
            "CONF-02",
            (
                confidentiality.only_the_care_team_opens,
                records.a_signed_record_is_never_changed,
                records.a_record_is_of_a_held_meeting,
                consent.the_first_full_record_waits_for_the_signature,
                consent.the_first_full_record_waits_for_what_is_listed,
                records.every_part_has_text_or_a_choice,
                appointments.the_first_full_record_waits_for_the_form,
                appointments.a_long_meeting_says_why,
            ),
            keeps=("CONF-01", "CONF-04"),
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
        Act.READ_NOTES: Row(
            only(Role.COUNSELOR), "CONF-02", (confidentiality.only_the_care_team_opens,), keeps=("CONF-01",)
        ),
        Act.READ_REASON: Row(only(Role.COUNSELOR, Role.CLIENT), "CONF-02", (confidentiality.only_the_care_team_opens,)),
    }
)
