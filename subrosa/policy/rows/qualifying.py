"""The charter's lines about credentials and ties: entered, verified by somebody else, named in the agreement."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import consent, qualifying
from ..roles import Role
from .row import Row, only

VERIFIERS = only(Role.LEAD, Role.STEWARD)
QUALIFYING: Mapping[Act, Row] = MappingProxyType(
    {
        Act.ENTER_CREDENTIAL: Row(
            VERIFIERS | only(Role.COUNSELOR),
            "COMP-01",
            (
                qualifying.a_credential_is_entered_by_its_owner_or_who_verifies,
                qualifying.a_credential_says_what_it_is,
                qualifying.only_what_lasts_is_verified,
            ),
            keeps=("CON-03",),
        ),
        Act.VERIFY_CREDENTIAL: Row(
            VERIFIERS,
            "COMP-01",
            (
                qualifying.nobody_verifies_the_own_credential,
                qualifying.a_credential_is_verified_once,
                qualifying.only_what_lasts_is_verified,
            ),
            keeps=("CON-03",),
        ),
        Act.NOTE_SEEN_OUTSIDE: Row(
            only(Role.COUNSELOR, Role.LEAD),
            "COMP-01",
            (
                qualifying.an_outside_look_is_noted_by_the_owner_where_nobody_here_can,
                qualifying.an_outside_look_names_who_and_when,
                qualifying.a_credential_is_verified_once,
                qualifying.only_what_lasts_is_verified,
            ),
            keeps=("CON-03",),
        ),
        Act.END_CREDENTIAL: Row(
            VERIFIERS | only(Role.COUNSELOR),
            "COMP-01",
            (qualifying.a_credential_is_entered_by_its_owner_or_who_verifies,),
        ),
        Act.OWE_CREDENTIAL: Row(only(Role.CLOCK), "COMP-01", (qualifying.a_reminder_comes_once_and_on_its_day,)),
        Act.REMIND_CREDENTIAL: Row(only(Role.CLOCK), "COMP-01", (qualifying.a_reminder_comes_once_and_on_its_day,)),
        Act.ENTER_TIE: Row(
            only(Role.COUNSELOR, Role.LEAD),
            "REL-01",
            (
                qualifying.a_tie_is_entered_by_who_has_it_or_by_the_lead,
                qualifying.a_tie_says_with_whom,
                consent.no_public_text_promises_a_cure,
            ),
            keeps=("CON-03",),
        ),
        Act.NAME_TIE: Row(only(Role.COUNSELOR), "CON-03", (qualifying.everybody_names_the_own_ties,)),
        Act.END_TIE: Row(
            only(Role.COUNSELOR, Role.LEAD), "REL-01", (qualifying.a_tie_is_entered_by_who_has_it_or_by_the_lead,)
        ),
    }
)
