"""A list costs the same number of statements with one row and with thirty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from subrosa.policy.roles import Role
from subrosa.records.person.models import Staff
from subrosa.records.person.queries import colleagues
from tests.ground import growth


def test_colleagues(staff: Callable[..., Any]) -> None:
    staff(Role.COUNSELOR)
    assert len(set(growth(colleagues, lambda: staff(Role.COUNSELOR)))) == 1


def test_a_planted_list_that_asks_for_every_row_is_seen(staff: Callable[..., Any], at: datetime) -> None:
    staff(Role.COUNSELOR)

    def asking() -> None:
        for row in Staff.objects.all():
            Staff.objects.get(pk=row.pk)

    few, many = growth(asking, lambda: staff(Role.COUNSELOR))
    assert many == few + 29
