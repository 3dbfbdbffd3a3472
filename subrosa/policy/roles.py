"""Who may press: the audiences of the house, as the charter names them."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is at the center. Staff may have several; client, clock and door are what the actor's kind says."""

    COUNSELOR = "counselor"
    LEAD = "lead"
    RECEPTION = "reception"
    LEADERSHIP = "leadership"
    STEWARD = "steward"
    CUSTODIAN = "custodian"
    OUTSIDE = "outside"
    CLIENT = "client"
    CLOCK = "clock"
    DOOR = "door"


STAFF_ROLES = (Role.COUNSELOR, Role.LEAD, Role.RECEPTION, Role.LEADERSHIP, Role.STEWARD, Role.CUSTODIAN, Role.OUTSIDE)
EVERY_STAFF = frozenset(STAFF_ROLES)
