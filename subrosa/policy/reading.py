"""How hard a page is to read, by two plain measures that anybody can recount.

Chinese: the Chinese characters of the page divided by its sentences (a sentence ends at 。！？； or at the end of a line), and
the share of sentences with more than so many characters. English: the Flesch-Kincaid grade,
0.39 · words / sentences + 11.8 · syllables / words - 15.59, where a sentence ends at . ! ? : ; or at the end of a line, and a
syllable is a run of vowels (a silent e at the end counts none, and no word has less than one). Headings are not counted. The
limits are numbers of the profile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .agreement import EXCEPTIONS, POINTS, ZH, Texts, place, sections
from .wording import Wording

ENDS_ZH, ENDS_EN = re.compile(r"[。！？；!?;]"), re.compile(r"[.!?:;](?:\s|$)")
HAN, WORD, VOWELS = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z][A-Za-z'’-]*"), re.compile(r"[aeiouy]+")
ELSE = "else"  # a heading that is none of the points
HEADS: Mapping[str, str] = {head: p.key for p in POINTS for head in p.head} | dict.fromkeys(EXCEPTIONS, "exceptions")


@dataclass(frozen=True, slots=True)
class Limits:
    """Until where a page counts as readable."""

    zh_characters: int
    zh_long: int
    zh_long_percent: int
    en_grade: int


@dataclass(frozen=True, slots=True)
class Hard:
    """A sentence that makes a page hard to read, and the point under which it stands."""

    point: str
    sentence: str


def limits(profile: Mapping[str, Any], wording: Wording = Wording.WHOLE) -> Limits:
    """The limits of a school kind; those of the text in simpler words are stricter."""
    names = ("zh_characters_per_sentence", "zh_long_sentence", "zh_long_percent", "en_grade")
    before = "" if wording is Wording.WHOLE else "simple_"
    return Limits(*(profile[f"reading.{before}{name}"] for name in names))


def hard_places(texts: Texts, profile: Mapping[str, Any]) -> dict[str, str]:
    """Where a version is above its limits: the hardest sentence of each point, by text and language."""
    return {
        place(one.point, wording, language): one.sentence
        for wording in texts.wordings()
        for language, text in enumerate(texts.of(wording))
        for one in too_hard(*((text, "") if language == ZH else ("", text)), limits(profile, wording))
    }


def too_hard(text_zh: str, text_en: str, limit: Limits) -> tuple[Hard, ...]:
    """What makes the text too hard, in either language, the worst sentence of each point; nothing where it is within."""
    return (*_worst(_zh_faults(text_zh, limit)), *_worst(_en_faults(text_en, limit)))


def characters(sentence: str) -> int:
    """How many Chinese characters a sentence has."""
    return len(HAN.findall(sentence))


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    count = len(VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(count, 1)


def grade(sentences: list[str]) -> float:
    """The Flesch-Kincaid grade of some English sentences; 0 where there is no word."""
    words = [word for one in sentences for word in WORD.findall(one)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def _sentences(text: str, ends: re.Pattern[str], letters: re.Pattern[str]) -> list[Hard]:
    """Each sentence with its point; only those that have a word of the language."""
    return [
        Hard(HEADS.get(head, ELSE), part.strip())
        for head, lines in sections(text)
        for line in lines
        for part in ends.split(line.removeprefix("- "))
        if letters.search(part)
    ]


def _zh_faults(text: str, limit: Limits) -> list[tuple[float, Hard]]:
    every = _sentences(text, ENDS_ZH, HAN)
    sizes = [(float(characters(one.sentence)), one) for one in every]
    if not sizes:
        return []
    long = [one for one in sizes if one[0] > limit.zh_long]
    if len(long) * 100 > limit.zh_long_percent * len(sizes):
        return long
    if sum(size for size, _ in sizes) <= limit.zh_characters * len(sizes):
        return []
    return [one for one in sizes if one[0] > limit.zh_characters]


def _en_faults(text: str, limit: Limits) -> list[tuple[float, Hard]]:
    every = _sentences(text, ENDS_EN, WORD)
    if grade([one.sentence for one in every]) <= limit.en_grade:
        return []
    return [(alone, one) for one in every if (alone := grade([one.sentence])) > limit.en_grade]


def _worst(found: list[tuple[float, Hard]]) -> list[Hard]:
    """The hardest sentence of each point, in the order of the page."""
    kept: dict[str, tuple[float, Hard]] = {}
    for size, one in found:
        if one.point not in kept or size > kept[one.point][0]:
            kept[one.point] = (size, one)
    return [one for _, one in kept.values()]
