"""How hard a page is: the two measures, recounted by hand, and what they name."""

from __future__ import annotations

import pytest

from subrosa.policy.agreement import POINTS, Texts, compose, missing_points, proposed
from subrosa.policy.grounds import GROUNDS
from subrosa.policy.profile import kinds, profile
from subrosa.policy.reading import Limits, characters, grade, hard_places, limits, syllables, too_hard
from subrosa.policy.wording import Wording

OURS = Limits(22, 40, 3, 8)
ENDLESS = "凡超出本辅导室职责与能力范围之内容均须依照有关规定及时转介至具备相应资质之专业机构并做好交接与后续跟进等工作"
WORDY = (
    "Counseling constitutes a professional interpersonal relationship characterized by confidentiality, voluntariness and "
    "methodological transparency, notwithstanding institutional responsibilities concerning administrative accountability."
)


@pytest.mark.parametrize(
    ("word", "count"), [("time", 1), ("little", 2), ("free", 1), ("the", 1), ("family", 3), ("x", 1)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula() -> None:
    """Six words in one sentence, seven syllables: 0.39 · 6 + 11.8 · 7 / 6 - 15.59."""
    assert grade(["You may come when you worry"]) == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)
    assert grade([]) == 0.0 and characters("好，很好 ok 2") == 3


@pytest.mark.parametrize("kind", kinds())
def test_what_the_program_proposes_is_within_every_profile(kind: str) -> None:
    numbers, texts = profile(kind), Texts(**proposed())
    assert hard_places(texts, numbers) == {} and missing_points(texts) == ()
    zh, en = texts.of(Wording.SIMPLE)
    stricter = limits(numbers, Wording.SIMPLE)
    assert too_hard(texts.text_zh, "", stricter) and too_hard("", texts.text_en, stricter), "the whole text is none"
    assert all(zh.count(ground.simple[0]) == en.count(ground.simple[1]) == 1 for ground in GROUNDS)


@pytest.mark.clause("CON-02", "refuses")
@pytest.mark.parametrize("point", POINTS, ids=lambda one: one.key)
def test_the_point_and_its_sentence_are_named(point: object) -> None:
    one = next(p for p in POINTS if p is point)
    zh, en = compose()
    found = too_hard(zh.replace(one.text[0], f"{ENDLESS}。{ENDLESS}，而且如此。"), en, OURS)
    assert [(hard.point, characters(hard.sentence) > 40) for hard in found] == [(one.key, True)]
    hard = too_hard(zh, en.replace(one.text[1], f"{WORDY} " * 8), OURS)
    assert one.key in {found.point for found in hard} and WORDY[:-1] in {found.sentence for found in hard}


def test_many_middling_sentences_are_hard_too_and_one_long_one_is_not() -> None:
    """On average above the limit, though none is long; and one long sentence among many is no fault."""
    middling = "## 这是什么\n" + "这一句话不长也不短可是每一句都这样就会让人觉得有一点累。\n" * 20
    assert [one.point for one in too_hard(middling, "", OURS)] == ["nature"]
    one_long = "## 这是什么\n" + "短一点。" * 40 + ENDLESS + "。"
    assert too_hard(one_long, "", OURS) == ()
    assert too_hard("", "## Else\nShort words. They are easy to read.", OURS) == ()
