"""The charter's lines about one student behind two clients: put together, and taken apart on the same day."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import confidentiality, merging
from ..roles import Role
from .row import Row, only

MERGING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.PUT_TOGETHER: Row(
            only(Role.COUNSELOR),
            "APPT-01",
            (
                merging.what_is_one_already_is_not_joined_again,
                merging.two_become_one_after_the_person_was_seen,
                merging.nobody_is_put_together_unasked,
                merging.two_of_the_list_stay_two,
                merging.two_files_are_joined_by_who_holds_both,
                merging.one_person_is_in_one_place,
                merging.who_held_a_meeting_writes_it_first,
                merging.two_letters_at_the_end_are_not_mixed,
            ),
            keeps=("CON-01", "REC-04"),
        ),
        Act.CONTINUE_FILE: Row(only(Role.COUNSELOR), "REC-04", (confidentiality.only_who_holds_a_case_hands_it_on,)),
        Act.TAKE_APART: Row(
            only(Role.COUNSELOR),
            "APPT-01",
            (merging.who_put_together_takes_apart, merging.what_was_joined_comes_apart_the_same_day),
        ),
        Act.RESUME_FILE: Row(only(Role.COUNSELOR), "REC-04", (confidentiality.only_who_holds_a_case_hands_it_on,)),
    }
)
