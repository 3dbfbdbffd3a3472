"""Every verb the house knows. Nothing happens except by one of these."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """The verbs, in the order in which a center meets them."""

    # the code and the people
    PUBLISH_CODE = "publish_code"
    SIGN_CODE = "sign_code"
    RECEIVE_CLIENTS = "receive_clients"
    PAUSE_CLIENTS = "pause_clients"
    INVITE_STAFF = "invite_staff"
    ENTER = "enter"
    RECOVER_HOUSE = "recover_house"
