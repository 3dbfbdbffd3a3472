"""The charter's lines about time: the school's calendar, and what climbs to the lead when it is late."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..acts import Act
from ..clauses import duties
from ..roles import Role
from .row import Row, only

PUNCTUAL: Mapping[Act, Row] = MappingProxyType(
    {
        Act.SET_CALENDAR: Row(
            only(Role.LEAD), "REC-01", (duties.each_day_of_the_calendar_means_one_thing,), keeps=("ETH-01", "APPT-01")
        ),
        Act.CLIMB_DUTY: Row(
            only(Role.CLOCK), "REC-01", (duties.only_what_is_late_climbs_and_once,), keeps=("RISK-01",)
        ),
        Act.ASK_WHAT_CAME: Row(
            only(Role.CLOCK),
            "REC-01",
            (duties.what_came_of_a_meeting_is_asked_when_its_day_is_over,),
            keeps=("APPT-01",),
        ),
    }
)
