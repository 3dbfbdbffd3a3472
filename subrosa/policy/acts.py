"""Every verb the house knows. Nothing happens except by one of these."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """The verbs, in the order in which a center meets them."""

    # founding
    FOUND_CENTER = "found_center"
    SHOW_SEAT_SHEET = "show_seat_sheet"
    SEAL_FOUNDING = "seal_founding"
    SIGN_PRINCIPAL_PAGE = "sign_principal_page"
    NAME_OUTSIDE_PROFESSIONAL = "name_outside_professional"
    CERTIFY_STAFF = "certify_staff"
    FOUND_TEAMS = "found_teams"
    # the code and the people
    PUBLISH_CODE = "publish_code"
    SIGN_CODE = "sign_code"
    RECEIVE_CLIENTS = "receive_clients"
    PAUSE_CLIENTS = "pause_clients"
    INVITE_STAFF = "invite_staff"
    ENTER = "enter"
    SIGN_IN = "sign_in"
    RENEW_LOCKS = "renew_locks"
    MAKE_OWN_LINK = "make_own_link"
    HAND_OVER_SESSION = "hand_over_session"
    RECOVER_HOUSE = "recover_house"
    # the school's list and those who come
    IMPORT_ROSTER = "import_roster"
    OPEN_CLIENT = "open_client"
    GIVE_CODE = "give_code"
    OPEN_ACCOUNT = "open_account"
    READ_IDENTITIES = "read_identities"
    # time and place
    ADD_ROOM = "add_room"
    SET_OPENING = "set_opening"
    END_OPENING = "end_opening"
    BOOK = "book"
    CANCEL_BOOKING = "cancel_booking"
    HOLD_SESSION = "hold_session"
    NOTE_NO_SHOW = "note_no_show"
    SEE_NOTICES = "see_notices"
    # the case and the agreement
    OPEN_CASE = "open_case"
    GRANT_CASE = "grant_case"
    PUBLISH_AGREEMENT = "publish_agreement"
    GIVE_CONSENT = "give_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    # the record
    KEEP_DRAFT = "keep_draft"
    READ_DRAFT = "read_draft"
    WRITE_NOTE = "write_note"
    ADD_TO_NOTE = "add_to_note"
    CHANGE_NOTE = "change_note"
    READ_NOTES = "read_notes"
    READ_REASON = "read_reason"
    # the end
    AGREE_GOAL = "agree_goal"
    RATE_GOAL = "rate_goal"
    CLOSE_CASE = "close_case"
    ARCHIVE_CASE = "archive_case"
    OWE_DESTRUCTION = "owe_destruction"
    CONFIRM_DESTRUCTION = "confirm_destruction"
    DESTROY_CASE = "destroy_case"
    READ_OWN_LOG = "read_own_log"
    # from outside the hour
    NOTE_INQUIRY = "note_inquiry"
    TELL_OUTSIDER = "tell_outsider"
    LEAVE_SLIP = "leave_slip"
    SEND_TO_DUTY = "send_to_duty"
    READ_QUEUE = "read_queue"
    SORT_SLIP = "sort_slip"
    SORT_REQUEST = "sort_request"
    CLOSE_SLIP = "close_slip"
