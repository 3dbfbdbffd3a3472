"""Passages on private life beside which the margin asks; and of harm to somebody nothing is ever asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.policy.private import FIELDS, LISTS, passages

ORDINARY = "这周睡得好些了。和同桌说上话了。They walked home together and it was fine."


def words_of(field: str) -> list[str]:
    return [*LISTS[field]["zh"], *LISTS[field]["en"]]


@pytest.mark.clause("CONF-03", "passes")
@pytest.mark.parametrize("field", FIELDS)
def test_every_word_of_a_field_is_noticed_with_its_sentence(field: str) -> None:
    for word in words_of(field):
        text = f"第一句。这里说到 {word} 了。第三句。"
        (found,) = [one for one in passages(text) if one.field == field]
        assert text[found.start : found.end] == f"这里说到 {word} 了。"


@pytest.mark.clause("CONF-03", "passes")
@pytest.mark.parametrize("harm", words_of("harm"))
def test_where_harm_is_written_nothing_is_asked(harm: str) -> None:
    private = "家里欠债。他们发生关系。She goes to church."
    assert passages(private), "which it is otherwise"
    assert passages(f"{private} {harm}") == [] and passages(f"{harm}。{private}") == []
    assert passages(private, beside=["别的一段", f"那里写着 {harm} 。"]) == []


def test_an_ordinary_record_is_asked_nothing() -> None:
    assert passages(ORDINARY) == []


@pytest.mark.parametrize("text", ["essexual sexton", "incomes", "the loans office", "a virginal"])
def test_a_word_inside_another_is_not_one(text: str) -> None:
    assert passages(text) == []


def test_each_field_is_asked_once_in_a_part() -> None:
    found = passages("家里欠债。\n爸爸的工资少。\n每周去教堂。")
    assert [one.field for one in found] == ["family_money", "faith"]


@given(
    st.lists(
        st.sampled_from(["家里欠债", "去教堂", "。", "\n", " ", "His income. ", "睡不着", "𠮷", ORDINARY])
        | st.text(max_size=5),
        max_size=10,
    )
)
def test_places_lie_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for one in passages(text):
        assert 0 <= one.start < one.end <= len(text)
        assert "\n" not in text[one.start : one.end]
