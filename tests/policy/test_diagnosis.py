"""Words that would assert an illness, and all those that do not: codes, phrases, denials, doubts and everyday words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrosa.policy.diagnosis import NAMES, Source, Whose, asserted, untagged

CODES = ("F32.1", "f41.1", "6A70", "6A70.1", "6B40", "300.4", "296.89")
SAID_ZH = ("患有", "得了", "确诊", "诊断为", "医院查出", "是", "有", "是典型的", "患上了严重的")
SAID_EN = ("has ", "suffers from ", "was diagnosed with ", "the hospital found ", "has severe ")
EVERYDAY = (
    "anxious about the exam",
    "feels low and depressed for two weeks",
    "exam anxiety before the finals",
    "he is sad, cannot sleep and has no appetite",
    "考试焦虑，睡不着",
    "心情抑郁，提不起劲",
    "最近很低落，有点抑郁",
    "有抑郁症状，继续观察",
    "强迫自己每天学到两点",
    "觉得自己快自闭了",
    "教室 F12，座位 6A12号，花了 300.4 元，数学 295.5 分",
    "the Great Depression in history class",
    "社团办了一场关于抑郁症的讲座",
)
DENIED = (
    "没有抑郁症",
    "不是抑郁症",
    "未被诊断为抑郁症",
    "排除了抑郁症",
    "怀疑是抑郁症",
    "可能得了抑郁症",
    "担心自己得了抑郁症",
    "问我什么是抑郁症",
    "是不是抑郁症",
    "有没有抑郁症",
    "does not have depression",
    "may have bipolar disorder",
    "is worried that he has depression",
    "asked whether she has ADHD",
    "no one ever said that he has autism",
    "hasn't been diagnosed with PTSD",
)


@pytest.mark.clause("COMP-03", "passes")
@pytest.mark.parametrize("code", CODES)
def test_an_illness_code_is_found(code: str) -> None:
    for text in (code, f"编码 {code}。", f"({code})", f"诊断{code}，服药", f"code {code}, on medication"):
        assert code in [found.words[-len(code) :] for found in asserted(text)], text


@pytest.mark.clause("COMP-03", "passes")
@pytest.mark.parametrize("name", NAMES["zh"]["names"])
def test_every_name_is_found_in_an_asserting_phrase_in_chinese(name: str) -> None:
    for said in SAID_ZH:
        (found,) = asserted(f"妈妈说他{said}{name}，在吃药。")
        assert found.words.endswith(name) or name in found.words, said


@pytest.mark.clause("COMP-03", "passes")
@pytest.mark.parametrize("name", NAMES["en"]["names"])
def test_every_name_is_found_in_an_asserting_phrase_in_english(name: str) -> None:
    for said in SAID_EN:
        (found,) = asserted(f"Mother says he {said}{name}, on medication.")
        assert name in found.words, said


@pytest.mark.parametrize("word", NAMES["en"]["adjectives"])
def test_said_of_a_person(word: str) -> None:
    assert asserted(f"The doctor says she is {word}.") and not asserted(f"She is not {word}.")


@pytest.mark.clause("COMP-03", "passes")
@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_never_trigger(text: str) -> None:
    assert asserted(text) == []


@pytest.mark.parametrize("text", DENIED)
def test_what_is_denied_doubted_or_feared_asserts_nothing(text: str) -> None:
    assert asserted(text) == []


@pytest.mark.parametrize("name", NAMES["zh"]["names"])
def test_a_name_alone_asserts_nothing(name: str) -> None:
    assert asserted(f"他在网上看{name}的资料。") == []


def test_full_width_letters_are_the_same_code() -> None:
    (found,) = asserted("编码Ｆ３２．１")
    assert found.words == "Ｆ３２．１" and (found.start, found.end) == (2, 7)


PIECES = st.sampled_from(
    [*CODES, *EVERYDAY, *DENIED, "他确诊抑郁症", "has depression", "𠮷👩‍👩‍👧", "\u200b", "Ｆ３２．１", "\n", " ", "。"]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12))
def test_places_lie_in_the_text_in_order_and_apart(pieces: list[str]) -> None:
    text, last = "".join(pieces), 0
    for found in asserted(text):
        assert last <= found.start < found.end <= len(text) and text[found.start : found.end] == found.words
        last = found.end


@given(
    st.lists(
        st.sampled_from([*EVERYDAY, *DENIED, *CODES, "他确诊抑郁症", "she has depression"]), min_size=1, max_size=8
    )
)
def test_each_line_is_read_by_itself(lines: list[str]) -> None:
    together = [found.words for found in asserted("\n".join(lines))]
    assert together == [found.words for line in lines for found in asserted(line)]


def test_a_very_long_text_is_read_in_time() -> None:
    text = "has a a a a a a the the his of with " * 5_000 + "不没未无是有患" * 5_000
    assert asserted(text) == []


def test_what_is_untagged() -> None:
    texts = ["妈妈说他确诊抑郁症。", "再说一遍：确诊抑郁症；F32.1"]
    assert untagged(texts, {}) == ["确诊抑郁症", "F32.1"]
    assert untagged(texts, {"确诊抑郁症": Source(Whose.FAMILY)}) == ["F32.1"]
    assert untagged(texts, {"确诊抑郁症": Source("")}) == ["确诊抑郁症", "F32.1"]


def test_a_found_phrase_prints_nothing() -> None:
    assert "抑郁" not in repr(asserted("确诊抑郁症")) and "院" not in repr(Source(Whose.HOSPITAL, "市一院"))
