"""The page to read first: every act, who may press it, and the clauses that govern it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from .acts import Act
from .clauses import appointments, confidentiality, consent, duties, founding, helplines, outreach, records, standing
from .clauses.base import Clause
from .clauses.ending import no_next_time_is_held_out_to_who_has_left, nobody_books_for_who_has_left
from .clauses.letters import no_letter_waits_when_a_file_ends
from .roles import EVERY_STAFF, Role
from .rows.access import ACCESS
from .rows.agreed import AGREED
from .rows.archiving import ARCHIVING
from .rows.ending import ENDING
from .rows.files import FILES
from .rows.joining import JOINING
from .rows.letters import LETTERS
from .rows.merging import MERGING
from .rows.punctual import PUNCTUAL
from .rows.qualifying import QUALIFYING
from .rows.receiving import RECEIVING
from .rows.recording import RECORDING
from .rows.renewing import RENEWING
from .rows.row import ASKED_BY_CALLERS, AT_THE_DESK
from .rows.row import Row as Row
from .rows.row import only as _only
from .rows.school_side import SCHOOL_SIDE
from .rows.withholding import WITHHOLDING
from .ruling import Outcome, Reason, Ruling

log = logging.getLogger("subrosa.policy")

CHARTER: Mapping[Act, Row] = MappingProxyType(
    {
        Act.FOUND_CENTER: Row(_only(Role.DOOR), "MGMT-01", (founding.a_center_is_founded_once,)),
        Act.SHOW_SEAT_SHEET: Row(_only(Role.LEAD), "CONF-07", (founding.a_seat_sheet_is_shown_once,)),
        Act.SEAL_FOUNDING: Row(_only(Role.LEAD), "CONF-07", (founding.nothing_can_be_lost_before_keys_are_used,)),
        Act.SIGN_PRINCIPAL_PAGE: Row(_only(Role.LEAD), "MGMT-01", keeps=("MGMT-02",)),
        Act.NAME_OUTSIDE_PROFESSIONAL: Row(_only(Role.LEAD), "CONF-07", keeps=("EXC-10",)),
        Act.CERTIFY_STAFF: Row(_only(Role.LEAD), "COMP-01", (founding.only_a_key_that_exists_is_certified,)),
        Act.FOUND_TEAMS: Row(
            _only(Role.LEAD),
            "CONF-07",
            (founding.a_team_has_a_member, founding.the_desk_key_is_for_counselors_and_reception),
        ),
        Act.PUBLISH_CODE: Row(
            _only(Role.LEAD),
            "MGMT-01",
            (standing.a_version_says_what_changed, standing.a_version_drops_no_clause_without_reason),
        ),
        Act.SIGN_CODE: Row(
            EVERY_STAFF,
            "ETH-01",
            (standing.only_the_version_in_force_is_signed, standing.the_situations_were_met_before_signing),
        ),
        Act.RECEIVE_CLIENTS: Row(
            _only(Role.COUNSELOR),
            "COMP-01",
            (
                standing.whoever_receives_has_signed_the_code,
                standing.whoever_is_offered_to_new_clients_signed_in_time,
            ),
        ),
        Act.PAUSE_CLIENTS: Row(_only(Role.COUNSELOR), "COMP-07"),
        Act.INVITE_STAFF: Row(
            _only(Role.LEAD),
            "COMP-01",
            (founding.no_student_helper_is_invited, founding.leaders_and_stewards_hold_no_desk_key),
        ),
        Act.ENTER: Row(_only(Role.DOOR), "COMP-01", (standing.a_link_opens_once, standing.a_link_opens_in_time)),
        Act.SIGN_IN: Row(EVERY_STAFF | _only(Role.CLIENT), "CONF-07"),
        Act.RENEW_LOCKS: Row(EVERY_STAFF | _only(Role.CLIENT), "CONF-07"),
        Act.MAKE_OWN_LINK: Row(EVERY_STAFF, "CONF-07"),
        Act.HAND_OVER_SESSION: Row(
            _only(Role.DOOR), "COMP-01", (standing.a_link_opens_once, standing.a_link_opens_in_time)
        ),
        Act.RECOVER_HOUSE: Row(_only(Role.CLOCK), "CONF-04"),
        Act.RESTORE_HOUSE: Row(_only(Role.CLOCK), "CONF-04", keeps=("REC-04",)),
        Act.SET_HELPLINE: Row(
            _only(Role.LEAD, Role.COUNSELOR),
            "RISK-04",
            (helplines.a_line_that_may_not_answer_is_never_the_last,),
        ),
        Act.NOTE_TEST_CALL: Row(_only(Role.LEAD, Role.COUNSELOR), "RISK-04"),
        Act.SET_ON_DUTY: Row(_only(Role.LEAD, Role.COUNSELOR), "RISK-04"),
        Act.IMPORT_ROSTER: Row(
            _only(Role.STEWARD, Role.LEAD, Role.COUNSELOR, Role.RECEPTION),
            "CONF-05",
            (confidentiality.the_schools_list_never_names_a_case,),
        ),
        Act.RECORD_LETTERS: Row(_only(Role.STEWARD, Role.LEAD), "CON-01", keeps=("CONF-05",)),
        Act.OPEN_CLIENT: Row(AT_THE_DESK, "CONF-05", keeps=("APPT-01",)),
        Act.GIVE_CODE: Row(AT_THE_DESK, "CONF-05"),
        Act.OPEN_ACCOUNT: Row(_only(Role.DOOR), "CLIENT-01", (standing.a_link_opens_in_time,), keeps=("CONF-05",)),
        Act.READ_IDENTITIES: Row(AT_THE_DESK, "CONF-05"),
        Act.ADOPT_CLIENT: Row(AT_THE_DESK, "CONF-05"),
        Act.FIRST_CONTACT: Row(
            _only(Role.DOOR),
            "APPT-01",
            (appointments.the_door_holds_only_so_many,),
            keeps=("CLIENT-01", "CONF-05"),
        ),
        Act.TRY_RETURN_CODE: Row(_only(Role.DOOR), "CONF-04", (confidentiality.after_wrong_codes_one_waits,)),
        Act.COME_BACK: Row(_only(Role.CLIENT), "CLIENT-01"),
        Act.ADD_ROOM: Row(_only(Role.LEAD, Role.COUNSELOR), "APPT-01"),
        Act.SET_OPENING: Row(
            _only(Role.COUNSELOR),
            "APPT-01",
            (appointments.an_hour_has_a_length_of_the_profile, appointments.weekly_hours_do_not_overlap),
        ),
        Act.END_OPENING: Row(_only(Role.COUNSELOR), "APPT-01", (appointments.everybody_sets_the_own_hours,)),
        Act.BOOK: Row(
            _only(Role.CLIENT, Role.COUNSELOR, Role.RECEPTION),
            "APPT-01",
            (
                appointments.a_center_opens_with_the_principals_page_signed,
                confidentiality.a_client_sees_only_the_own_pages,
                appointments.a_booking_lies_ahead,
                appointments.a_booking_is_in_an_offered_time,
                appointments.a_time_is_booked_once,
                appointments.new_clients_go_to_who_receives,
                appointments.new_clients_go_to_who_is_verified,
                duties.late_records_pause_new_clients_only,
                appointments.no_trait_decides_who_is_seen,
                consent.counseling_goes_on_only_signed,
                consent.after_a_familys_no_somebody_else_is_heard,
                nobody_books_for_who_has_left,
                appointments.the_desk_writes_no_reason,
            ),
            keeps=("CLIENT-01", "CONF-05"),
        ),
        Act.CANCEL_BOOKING: Row(
            _only(Role.CLIENT, Role.COUNSELOR, Role.RECEPTION),
            "CLIENT-01",
            (confidentiality.a_client_sees_only_the_own_pages, appointments.only_what_is_booked_ends),
        ),
        Act.HOLD_SESSION: Row(
            _only(Role.COUNSELOR),
            "APPT-01",
            (
                confidentiality.only_the_care_team_opens,
                appointments.only_what_is_booked_ends,
                appointments.a_meeting_is_noted_once_it_has_begun,
                consent.a_first_meeting_begins_with_the_promise,
            ),
        ),
        Act.NOTE_NO_SHOW: Row(
            _only(Role.COUNSELOR, Role.RECEPTION),
            "APPT-01",
            (appointments.only_what_is_booked_ends, appointments.a_meeting_is_noted_once_it_has_begun),
        ),
        Act.SEE_NOTICES: Row(EVERY_STAFF | _only(Role.CLIENT), "CLIENT-01"),
        Act.OPEN_CASE: Row(_only(Role.CLIENT, Role.COUNSELOR, Role.RECEPTION), "CONF-04", keeps=("CONF-02",)),
        Act.SHARE_WITH_CLIENT: Row(
            _only(Role.COUNSELOR),
            "CONF-02",
            (
                confidentiality.only_who_holds_a_case_hands_it_on,
                confidentiality.what_is_shared_needs_an_account,
            ),
            keeps=("CON-09",),
        ),
        Act.PUBLISH_AGREEMENT: Row(
            _only(Role.LEAD),
            "CON-02",
            (
                consent.the_agreement_says_all_seven_points,
                consent.who_is_younger_reads_simpler_words,
                consent.the_page_is_within_the_limit_of_reading,
                consent.no_public_text_promises_a_cure,
            ),
            keeps=("CON-03", "CON-04", "CON-09", "CLIENT-02"),
        ),
        Act.GIVE_CONSENT: Row(
            _only(Role.CLIENT),
            "CON-01",
            (
                consent.only_the_agreement_in_force_is_signed,
                confidentiality.a_client_sees_only_the_own_pages,
                consent.a_registered_tie_stands_in_the_agreement,
            ),
            keeps=("CON-02", "CON-03", "CON-04", "CON-09"),
        ),
        Act.WITHDRAW_CONSENT: Row(
            _only(Role.CLIENT), "CLIENT-01", (confidentiality.a_client_sees_only_the_own_pages,), keeps=("CON-01",)
        ),
        Act.NOTE_PAPER_CONSENT: Row(
            _only(Role.COUNSELOR),
            "CON-01",
            (
                confidentiality.only_the_care_team_opens,
                consent.only_the_agreement_in_force_is_signed,
                consent.a_paper_was_signed_before_it_is_noted,
                consent.a_registered_tie_stands_in_the_agreement,
            ),
            keeps=("CON-02", "CON-03", "CON-04", "CON-09"),
        ),
        Act.GUESS_CARDS: Row(
            _only(Role.CLIENT), "CON-05", (confidentiality.a_client_sees_only_the_own_pages,), keeps=("CON-04",)
        ),
        Act.TALK_OVER_POINT: Row(
            _only(Role.COUNSELOR),
            "CON-05",
            (confidentiality.only_the_care_team_opens, consent.a_point_is_understood_or_comes_again),
            keeps=("CON-04",),
        ),
        Act.WRITE_EXPECTATION: Row(
            _only(Role.COUNSELOR, Role.CLIENT),
            "CLIENT-03",
            (
                confidentiality.only_the_care_team_opens,
                consent.an_expectation_says_what_would_be_different,
                consent.hope_is_answered_by_what_is_realistic,
            ),
        ),
        Act.LEAVE_WORDS: Row(
            _only(Role.CLIENT),
            "CLIENT-02",
            (confidentiality.a_client_sees_only_the_own_pages, consent.words_are_left_where_they_will_be_read),
            keeps=("CONF-02",),
        ),
        Act.HAND_OVER_DEVICE: Row(
            AT_THE_DESK,
            "CON-01",
            (confidentiality.only_the_care_team_opens, no_next_time_is_held_out_to_who_has_left),
            keeps=("CON-05", "CONF-04"),
        ),
        Act.TAKE_DEVICE_BACK: Row(
            EVERY_STAFF | _only(Role.CLIENT, Role.CLOCK),
            "CONF-04",
            (confidentiality.a_client_sees_only_the_own_pages,),
        ),
        Act.CLOSE_CASE: Row(
            _only(Role.COUNSELOR),
            "REC-04",
            (
                confidentiality.only_the_care_team_opens,
                records.only_an_open_case_is_closed,
                records.nobody_waits_for_a_closed_case,
                no_letter_waits_when_a_file_ends,
                records.goals_are_rated_before_closing,
            ),
        ),
        Act.ARCHIVE_CASE: Row(
            _only(Role.COUNSELOR),
            "REC-04",
            (
                confidentiality.only_the_care_team_opens,
                records.only_a_closed_case_is_archived,
                no_letter_waits_when_a_file_ends,
                records.nothing_is_archived_with_a_record_missing,
            ),
            keeps=("CONF-04", "CONF-07"),
        ),
        Act.OWE_DESTRUCTION: Row(_only(Role.CLOCK), "REC-04", (records.nothing_is_destroyed_before_its_time,)),
        Act.CONFIRM_DESTRUCTION: Row(
            _only(Role.LEAD, Role.CUSTODIAN), "REC-04", (records.nothing_is_destroyed_before_its_time,)
        ),
        Act.DESTROY_CASE: Row(
            _only(Role.LEAD, Role.CUSTODIAN),
            "REC-04",
            (
                records.nothing_is_destroyed_before_its_time,
                records.destruction_is_confirmed_by_lead_and_custodian,
            ),
            keeps=("CONF-04",),
        ),
        Act.NAME_HOLDER: Row(
            _only(Role.LEAD),
            "CONF-07",
            (founding.a_recovery_names_a_counselor_and_a_ground, founding.one_recovery_of_a_case_at_a_time),
        ),
        Act.DRILL: Row(_only(Role.CLOCK), "CONF-07"),
        Act.REPORT_BROKEN_LEDGER: Row(_only(Role.CLOCK, Role.DOOR), "CONF-04", keeps=("CONF-07",)),
        Act.EXPLAIN_LEDGER: Row(
            _only(Role.LEAD, Role.CUSTODIAN), "CONF-07", (records.a_difference_stays_until_it_is_explained,)
        ),
        Act.READ_OWN_LOG: Row(
            _only(Role.CLIENT), "CON-09", (confidentiality.a_client_sees_only_the_own_pages,), keeps=("CONF-02",)
        ),
        Act.NOTE_INQUIRY: Row(ASKED_BY_CALLERS, "CONF-02", (outreach.who_asks_is_one_of_the_list,), keeps=("EXC-01",)),
        Act.TELL_OUTSIDER: Row(ASKED_BY_CALLERS, "CONF-02", (outreach.a_caller_learns_nothing_without_a_disclosure,)),
        Act.LEAVE_SLIP: Row(
            _only(Role.DOOR),
            "EDU-05",
            (outreach.what_is_left_at_the_door_has_somebody_to_read_it, outreach.the_door_does_not_bury_the_queue),
            keeps=("CLIENT-01", "CONF-02"),
        ),
        Act.SEND_TO_DUTY: Row(
            _only(Role.CLIENT, Role.DOOR),
            "RISK-01",
            (outreach.what_is_left_at_the_door_has_somebody_to_read_it, outreach.the_door_does_not_bury_the_queue),
            keeps=("APPT-01",),
        ),
        Act.READ_QUEUE: Row(
            _only(Role.COUNSELOR), "EDU-05", (outreach.only_the_duty_team_opens_letters,), keeps=("RISK-01",)
        ),
        Act.SORT_SLIP: Row(
            _only(Role.COUNSELOR),
            "EDU-05",
            (
                outreach.only_the_duty_team_opens_letters,
                outreach.a_closed_letter_stays_closed,
                outreach.what_becomes_of_a_letter_is_one_of_the_list,
            ),
            keeps=("CLIENT-01",),
        ),
        Act.SORT_REQUEST: Row(
            _only(Role.COUNSELOR),
            "APPT-01",
            (
                confidentiality.a_request_is_read_on_duty_until_they_met,
                outreach.what_becomes_of_a_letter_is_one_of_the_list,
            ),
        ),
        Act.CLOSE_SLIP: Row(
            _only(Role.COUNSELOR),
            "EDU-05",
            (
                outreach.only_the_duty_team_opens_letters,
                outreach.a_closed_letter_stays_closed,
                outreach.what_becomes_of_a_letter_is_one_of_the_list,
            ),
            keeps=("CLIENT-01",),
        ),
        **ACCESS,
        **AGREED,
        **ENDING,
        **WITHHOLDING,
        **ARCHIVING,
        **FILES,
        **JOINING,
        **LETTERS,
        **MERGING,
        **PUNCTUAL,
        **QUALIFYING,
        **RECEIVING,
        **RECORDING,
        **RENEWING,
        **SCHOOL_SIDE,
    }
)


def decide(act: Act, *, roles: frozenset[Role], facts: Iterable[object]) -> Ruling:
    """The ruling on one act. A silent charter refuses; any failing rule refuses; a rule that raises refuses.

    `roles` are those of the actor, `facts` frozen values, one of each kind that the act's rules look at.
    """
    row = CHARTER.get(act)
    if row is None:
        return Ruling(act, Outcome.REFUSED, (), (Reason("", "the_charter_is_silent", Outcome.REFUSED),))
    reasons = []
    if not roles & row.who:
        reasons.append(Reason(row.under, "this_is_not_for_you", Outcome.REFUSED))
    else:
        known = {type(fact): fact for fact in facts}
        reasons = [reason for rule in row.rules if (reason := _ask(rule, known))]
    if not reasons:
        return Ruling(act, Outcome.DONE, row.clauses)
    outcome = Outcome.REFUSED if any(r.outcome is Outcome.REFUSED for r in reasons) else Outcome.NOT_YET
    weighty = tuple(r for r in reasons if r.outcome is outcome)
    return Ruling(act, outcome, tuple(dict.fromkeys(r.clause for r in weighty)), weighty)


def _ask(rule: Clause[Any], known: Mapping[type, object]) -> Reason | None:
    try:
        facts = known[rule.needs]
        return None if rule.holds(facts) else rule.reason(facts)
    except Exception:
        log.exception("defect: clause %s (%s) raised", rule.id, rule.name)
        return Reason(rule.id, rule.name, Outcome.REFUSED, ("defect",))
