"""The charter's lines towards family and school: minors, requests read on duty, and what the school's systems get."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import confidentiality, consent
from ..roles import EVERY_STAFF, Role
from .row import Row, only

SCHOOL_SIDE: Mapping[Act, Row] = MappingProxyType(
    {
        Act.LOOK_AT_LETTER: Row(
            only(Role.COUNSELOR), "CON-01", (confidentiality.only_the_care_team_opens,), keeps=("CONF-05",)
        ),
        Act.NOTE_GUARDIAN_TALK: Row(
            only(Role.COUNSELOR),
            "CON-01",
            (confidentiality.only_the_care_team_opens, consent.a_guardian_talk_comes_to_something),
        ),
        Act.NOTE_SECOND_WORD: Row(
            only(Role.COUNSELOR),
            "CON-01",
            (confidentiality.only_the_care_team_opens, consent.a_second_word_has_a_name_and_a_time),
        ),
        Act.READ_REQUEST: Row(
            only(Role.COUNSELOR),
            "CONF-02",
            (confidentiality.a_request_is_read_on_duty_until_they_met,),
            keeps=("APPT-01", "RISK-01"),
        ),
        Act.EXPORT_TO_SCHOOL: Row(EVERY_STAFF, "CONF-05", (confidentiality.school_files_get_figures_and_nothing_else,)),
    }
)
