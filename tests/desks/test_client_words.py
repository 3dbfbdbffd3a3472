"""What a client reads and writes: the agreement as headings and items, the times of a form, words that come back as typed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from subrosa.desks.client.agreement import parts
from subrosa.desks.client.plain import DID
from subrosa.desks.client.talk import Choices, TalkForm
from subrosa.desks.client.talk_text import LONGEST
from subrosa.desks.common import slots
from subrosa.policy.acts import Act
from subrosa.policy.agreement import compose

FIRST = Choices({}, None, {}, writes=True, sign_first=False)
LATER = Choices({}, uuid4(), {}, writes=True, sign_first=False)


@pytest.mark.parametrize("text", compose())
def test_the_agreement_keeps_every_line(text: str) -> None:
    found = parts(text)
    lines = [
        line for part in found for line in (f"## {part.head}", *part.paragraphs, *(f"- {one}" for one in part.items))
    ]
    assert lines == [line for line in text.splitlines() if line.strip()]
    assert found[-1].items and not found[0].items


@pytest.mark.parametrize("text", ["", "\n\n", "no heading\n- item", "## \n- a"])
def test_any_published_text_can_be_shown(text: str) -> None:
    assert isinstance(parts(text), list)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  edges stay  ", "  edges stay  "),
        ("zero\u200bwidth \u202eright to left\u202c 👩‍👧", "zero\u200bwidth \u202eright to left\u202c 👩‍👧"),
        ("字" * LONGEST, "字" * LONGEST),
    ],
)
def test_words_come_back_as_typed(school: object, typed: str, kept: str) -> None:
    form = TalkForm({"reason": typed}, choices=FIRST)
    form.is_valid()
    assert form.cleaned_data["reason"] == kept


def test_a_text_too_long_is_said_and_kept(school: object) -> None:
    form = TalkForm({"reason": "字" * (LONGEST + 7)}, choices=FIRST)
    assert "7" in form.errors["reason"][0] and form["reason"].value() == "字" * (LONGEST + 7)


@pytest.mark.parametrize("blank", ["", "   ", "\r\n"])
def test_hard_to_say_is_an_answer(school: object, blank: str) -> None:
    assert "reason" in TalkForm({"reason": blank}, choices=FIRST).errors
    assert "reason" not in TalkForm({"reason": blank, "hard": "on"}, choices=FIRST).errors
    assert "reason" not in TalkForm({"reason": blank}, choices=LATER).errors


@pytest.mark.parametrize("value", ["", "@", "x@1", f"{uuid4()}@", f"{uuid4()}@{10**30}", f"{uuid4()}@1700000000", "\0"])
def test_what_is_no_time_is_none(school: object, value: str) -> None:
    assert slots.picked(value) is None


def test_nothing_is_free_is_no_days() -> None:
    assert not slots.by_day([], {}) and slots.nearest([], datetime(2026, 3, 2, tzinfo=UTC), {}) == []


def test_every_act_on_a_file_is_told_to_its_client() -> None:
    """An act about a case that had no words would be missing from the page "who opened my file"."""
    from subrosa.records.archive import actions as archive
    from subrosa.records.case import actions as case
    from subrosa.records.consent import actions as consent
    from subrosa.records.note import actions as note

    done = {
        function.act
        for module in (archive, case, consent, note)
        for function in vars(module).values()
        if isinstance(getattr(function, "act", None), Act)
    }
    assert done - {Act.PUBLISH_AGREEMENT, Act.READ_OWN_LOG} <= set(DID)
