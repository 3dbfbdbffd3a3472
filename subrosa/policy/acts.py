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
    MAKE_OWN_LINK = "make_own_link"
    HAND_OVER_SESSION = "hand_over_session"
    RECOVER_HOUSE = "recover_house"
