"""The charter's lines about access that ends: own sessions, a new passphrase, a colleague who is suspended or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import leaving
from ..roles import EVERY_STAFF, Role
from .row import Row, only

ACCESS: Mapping[Act, Row] = MappingProxyType(
    {
        Act.CHANGE_PASSPHRASE: Row(EVERY_STAFF | only(Role.CLIENT), "CONF-07"),
        Act.END_OWN_SESSIONS: Row(EVERY_STAFF | only(Role.CLIENT), "CONF-07"),
        Act.END_STAFF_SESSIONS: Row(only(Role.LEAD), "CONF-07"),
        Act.SUSPEND_STAFF: Row(
            only(Role.LEAD),
            "CONF-07",
            (leaving.nobody_ends_the_own_access, leaving.a_step_fits_how_somebody_stands),
        ),
        Act.LIFT_SUSPENSION: Row(
            only(Role.LEAD),
            "COMP-01",
            (leaving.nobody_ends_the_own_access, leaving.a_step_fits_how_somebody_stands),
        ),
        Act.END_STAFF: Row(
            only(Role.LEAD),
            "CONF-07",
            (
                leaving.nobody_ends_the_own_access,
                leaving.a_step_fits_how_somebody_stands,
                leaving.the_last_custodian_stays,
                leaving.what_a_leaver_holds_is_in_other_hands_first,
            ),
        ),
    }
)
