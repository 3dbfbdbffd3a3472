"""What the database itself refuses, by constraint name, and the clause it keeps by doing so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .ruling import Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """The clause and rule that a constraint keeps, and what breaking it means."""

    clause: str
    rule: str
    outcome: Outcome = Outcome.REFUSED


CONSTRAINTS: Mapping[str, Kept] = MappingProxyType(
    {
        "standing_signature_once": Kept("ETH-01", "a_version_is_signed_once"),
        "appointment_booking_counselor_once": Kept("APPT-01", "a_time_is_booked_once"),
        "appointment_booking_room_once": Kept("APPT-01", "a_time_is_booked_once"),
        "appointment_booking_client_once": Kept("APPT-01", "a_time_is_booked_once"),
        "case_recovery_one_open": Kept("CONF-07", "one_recovery_of_a_case_at_a_time"),
        "case_case_one_open": Kept("REC-04", "a_client_has_one_open_case"),
        "case_member_once": Kept("CONF-02", "a_colleague_joins_a_case_once"),
        "vault_keyring_of": Kept("CONF-07", "teams_are_founded_once"),
        "archive_confirmation_once": Kept("REC-04", "a_role_confirms_once"),
        "archive_brieflook_once": Kept("REC-04", "a_role_confirms_once"),
        "archive_bound_once": Kept("REC-04", "a_file_is_bound_once"),
        "person_client_roster_mark": Kept("CONF-05", "a_student_is_one_client"),
        "person_account_sign_in": Kept("CLIENT-01", "a_way_in_is_given_once", Outcome.NOT_YET),
        "merging_merge_once": Kept("CONF-05", "what_is_one_already_is_not_joined_again", Outcome.NOT_YET),
        "consent_consent_once": Kept("CON-01", "an_agreement_is_signed_once"),
        "appointment_room_name": Kept("APPT-01", "a_room_has_a_name_of_its_own"),
        "note_note_booking_once": Kept("REC-01", "a_meeting_has_one_record"),
    }
)
