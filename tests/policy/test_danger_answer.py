"""The answer about danger as a value: what belongs to it, and how far its day is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.policy.danger import NO_DANGER, UNANSWERED, Danger, DangerAnswer

TODAY = date(2026, 11, 22)


def test_only_what_belongs_to_the_answer_is_kept() -> None:
    every = {"step": "问一句", "day": "2026-11-25", "told": "沈老师"}
    assert DangerAnswer(Danger.NO, **every).kept() == NO_DANGER
    assert DangerAnswer(Danger.WATCH, **every).kept() == DangerAnswer(Danger.WATCH, step="问一句", day="2026-11-25")
    assert DangerAnswer(Danger.ACT, **every).kept() == DangerAnswer(Danger.ACT, told="沈老师")
    assert DangerAnswer("", **every).kept() == UNANSWERED and DangerAnswer("perhaps", **every).kept().step == ""


@given(st.integers(-400, 400))
def test_the_day_is_counted_from_today(days: int) -> None:
    answer = DangerAnswer(Danger.WATCH, day=(TODAY + timedelta(days=days)).isoformat())
    assert answer.days_ahead(TODAY) == days


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30", "22.11.2026", "2026-11-22T10:00"])
def test_what_is_no_date_is_none(day: str) -> None:
    assert DangerAnswer(Danger.WATCH, day=day).days_ahead(TODAY) is None


@given(st.builds(DangerAnswer, st.text(max_size=6), st.text(max_size=9), st.text(max_size=10), st.text(max_size=9)))
def test_it_is_read_back_as_it_was(answer: DangerAnswer) -> None:
    assert DangerAnswer.of(answer.as_dict()) == answer


def test_a_record_from_before_has_no_answer_and_none_prints() -> None:
    assert DangerAnswer.of(None) == UNANSWERED and not UNANSWERED and NO_DANGER
    assert "沈" not in repr(DangerAnswer(Danger.ACT, told="沈老师"))
