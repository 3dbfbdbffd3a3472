"""The charter's lines about letters to the center: written, read, answered, closed, destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import agreed, confidentiality, letters, outreach
from ..roles import Role
from .row import Row, only

LETTERS: Mapping[Act, Row] = MappingProxyType(
    {
        Act.LETTER_AT_THE_DOOR: Row(
            only(Role.DOOR),
            "APPT-09",
            (outreach.what_is_left_at_the_door_has_somebody_to_read_it, outreach.the_door_does_not_bury_the_queue),
            keeps=("CLIENT-01", "CONF-05"),
        ),
        Act.SEND_LETTER: Row(
            only(Role.CLIENT),
            "APPT-09",
            (
                confidentiality.a_client_sees_only_the_own_pages,
                letters.a_letter_says_something,
                letters.a_letter_has_somebody_to_read_it,
                letters.an_answer_finds_its_way_back,
            ),
            keeps=("CLIENT-01",),
        ),
        Act.OPEN_LETTER: Row(
            only(Role.COUNSELOR), "APPT-09", (letters.a_letter_opens_for_those_it_was_written_to,), keeps=("CON-09",)
        ),
        Act.SORT_LETTER: Row(
            only(Role.COUNSELOR),
            "APPT-09",
            (
                letters.a_letter_opens_for_those_it_was_written_to,
                letters.an_answered_letter_stays_as_it_is,
                letters.what_happens_with_a_letter_is_one_of_the_list,
            ),
        ),
        Act.KEEP_ANSWER: Row(
            only(Role.COUNSELOR),
            "APPT-09",
            (letters.a_letter_opens_for_those_it_was_written_to, letters.an_answered_letter_stays_as_it_is),
        ),
        Act.ANSWER_LETTER: Row(
            only(Role.COUNSELOR),
            "APPT-09",
            (
                letters.a_letter_opens_for_those_it_was_written_to,
                letters.an_answered_letter_stays_as_it_is,
                letters.an_answer_says_something,
                letters.no_answer_invites_who_has_left,
                agreed.a_letter_names_no_illness_as_ones_own_finding,
            ),
            keeps=("CONF-04",),
        ),
        Act.CLOSE_LETTER: Row(
            only(Role.COUNSELOR),
            "APPT-09",
            (
                letters.a_letter_opens_for_those_it_was_written_to,
                letters.an_answered_letter_stays_as_it_is,
                letters.what_happens_with_a_letter_is_one_of_the_list,
            ),
        ),
        Act.READ_OWN_LETTERS: Row(
            only(Role.CLIENT), "CONF-02", (confidentiality.a_client_sees_only_the_own_pages,), keeps=("APPT-09",)
        ),
        Act.FORGET_LETTER: Row(only(Role.CLOCK), "REC-04", (letters.a_letter_goes_when_its_time_is_over,)),
    }
)
