"""Every state is reached, has an owner, and is left by an act of the charter or is an end."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from subrosa.desks.common.lives_found import lives
from subrosa.policy.charter import CHARTER

LIVES = dict(lives())


def unreachable(module: Any) -> list[str]:
    """States that no act leads to and that are not the first one."""
    states = list(module.State)
    reached = {states[0], *module.TRANSITIONS.values()}
    return [state.value for state in states if state not in reached]


def unknown_acts(module: Any) -> list[str]:
    """Acts of the table that the charter does not hold."""
    return [act.value for _, act in module.TRANSITIONS if act not in CHARTER]


@pytest.mark.parametrize("room", LIVES)
def test_every_state_is_reached_by_an_act_of_the_charter(room: str) -> None:
    module = LIVES[room]
    assert unreachable(module) == []
    assert unknown_acts(module) == []
    assert module.OWNER


def test_a_planted_state_that_nothing_reaches_is_seen() -> None:
    real = LIVES["case"]
    planted = SimpleNamespace(State=real.State, TRANSITIONS=dict(list(real.TRANSITIONS.items())[:1]))
    assert unreachable(planted) == ["archived", "destroyed"]


def test_the_field_of_each_row_begins_in_the_first_state() -> None:
    from subrosa.records.appointment.models import Booking
    from subrosa.records.case.models import Case

    assert Case._meta.get_field("state").default == next(iter(LIVES["case"].State))
    assert Booking._meta.get_field("state").default == next(iter(LIVES["appointment"].State))
