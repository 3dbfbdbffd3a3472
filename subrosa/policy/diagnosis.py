"""Words in a record that would assert an illness (COMP-03): an illness code, or an asserting phrase with a disorder's name.

A pure finder: it knows no case and stops nothing. What is denied, doubted, asked or feared asserts nothing, and everyday
words (anxious, low, exam anxiety, 抑郁, 焦虑) are no names. The names stand in `disorders.toml` with their source.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = Path(__file__).parent / "disorders.toml"
NAMES = tomllib.loads(FILE.read_text(encoding="utf-8"))

# F32.1 (ICD-10), 6A70 or 6A70.1 (ICD-11), 300.4 (ICD-9): never part of a longer word or number, a room, a price, a score.
NOT_BEFORE, NOT_AFTER = r"(?<![A-Za-z0-9.])(?<![¥$￥])", r"(?![A-Za-z0-9]|\.\d)"
UNITS = (
    r"(?!\s*(?:元|块|分|度|米|厘米|毫米|公里|千米|斤|公斤|千克|克|平|岁|人|%|℃|°"
    r"|yuan|rmb|points?\b|marks?\b|kg\b|km\b|cm\b|mm\b|m\b|ml\b))"
)
ROOMS = r"(?!\s*(?:班|号|室|座|教室|楼|栋|座位|房间|航班))"
CODES = (
    rf"{NOT_BEFORE}[Ff]\d{{2}}\.\d{{1,3}}{NOT_AFTER}{ROOMS}",
    rf"{NOT_BEFORE}6[A-E][0-8][0-9A-HYZ](?:\.[0-9A-Z]{{1,2}})?{NOT_AFTER}{ROOMS}",
    rf"{NOT_BEFORE}(?:29\d|30\d|31\d)\.\d{{1,2}}{NOT_AFTER}{UNITS}{ROOMS}",
)
CODED = re.compile("|".join(CODES))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(set(words), key=len, reverse=True))


CLAUSE = r"[^，。；！？、,;!?\n]"
NAME_ZH = rf"(?:{_any(NAMES['zh']['names'])})(?!状)"  # "抑郁症状" are signs, not an illness
STRONG_ZH = (
    r"患有|患上|患了|患过|患的是|身患|得了|得过|得的是|罹患|确诊|诊断|查出|检查出|判断为|判定为|认定为|符合|属于"
)
# "是", "有" and "为" assert only where nothing but a degree stands between them and the name.
DEGREE_ZH = (
    r"(?:一?点儿?|一?些|轻度|中度|重度|轻微|严重|很严重|比较严重|非常严重|典型|明显|慢性|急性"
    r"|青少年|儿童|产后|过|了|的|型|性){0,3}"
)
ASSERTED_ZH = re.compile(
    rf"(?P<before>(?:{STRONG_ZH}){CLAUSE}{{0,10}}?|(?:是|有|为){DEGREE_ZH}){NAME_ZH}(?:患者|病人|病史)?"
    rf"|{NAME_ZH}(?:患者|病人|病史|确诊|复发)"
)
NO_ZH = re.compile(
    rf"(?:不|没|未|无|非){CLAUSE}{{0,3}}$"
    r"|(?:否认|排除|可能|也许|疑似|怀疑|好像|似乎|是否|会不会|担心|害怕|怕|以为|如果|万一|要是|假如|什么|怎样|问|想知道|别说)"
    rf"{CLAUSE}{{0,8}}$"
)
INSIDE_ZH = re.compile(r"不|没|未|无|非|排除|可能|疑似|怀疑|是否|吗|关于|讲座|一本|上课")

DEGREE_EN = (
    r"(?:(?:a|an|the|his|her|their|some|severe|mild|moderate|major|clinical|clear|chronic|recurrent|type|form|kind|history"
    r"|case|episode|symptoms|of|with|as|having|to|have|be|classic|full|untreated|teenage|adolescent)\s+){0,5}"
)
NAME_EN = rf"(?:{_any(NAMES['en']['names'])})(?!\w)"
VERB_EN = (
    r"has|have|had|having|suffers?(?:\s+from)?|suffered(?:\s+from)?|suffering(?:\s+from)?|developed|found|living\s+with|got"
    r"|diagnos(?:ed|es|is)(?:\s+(?:him|her|them|\w+))?(?:\s+(?:with|as|of|is|was))?:?|meets\s+(?:the\s+)?criteria\s+(?:for|of)"
    r"|is|was|are|were|it's|that's|this\s+is"
)
ASSERTED_EN = re.compile(
    rf"\b(?:(?:{VERB_EN})\s+{DEGREE_EN}{NAME_EN}"
    rf"|(?:is|was|are|were|he's|she's|they're)\s+(?:\w+ly\s+)?(?:{_any(NAMES['en']['adjectives'])})(?!\w)"
    rf"|{NAME_EN}\s+(?:was\s+|is\s+|has\s+been\s+)?diagnosed)",
    re.IGNORECASE,
)
NO_EN = re.compile(
    r"(?:\b(?:no|not|never|nor|neither|without|cannot|whether|if|may|might|could|maybe|perhaps|possibly|would|suspects?|suspected"
    r"|denie[sd]|ruled\s+out|rules?\s+out|afraid|fears?|worr(?:y|ies|ied)|wonder(?:s|ed)?|asks?|asked|what|how)\b|n't\b|n’t\b)"
    r"(?:\s+(?!(?:and|but|because|since|so)\b)[\w'’]+){0,6}\s*$",
    re.IGNORECASE,
)
NOT_A_PERSON = re.compile(r"\b(?:great)\s+depression", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """One passage: from `start` to `end` of the text that was searched, and its words as they stand there."""

    start: int
    end: int
    words: str

    def __repr__(self) -> str:
        return "…"


FULL_WIDTH = {code: unicodedata.normalize("NFKC", chr(code)) for code in (0xFF0E, *range(0xFF10, 0xFF5B))}


def _folded(text: str) -> str:
    """Full-width letters and digits as plain ones, character by character, so that every place stays where it is."""
    return text.translate(FULL_WIDTH)


def _asserts(text: str) -> Iterator[tuple[int, int]]:
    for found in CODED.finditer(text):
        yield found.span()
    for found in ASSERTED_ZH.finditer(text):
        if not NO_ZH.search(text[max(0, found.start() - 14) : found.start()]) and not INSIDE_ZH.search(
            found["before"] or ""
        ):
            yield found.span()
    for found in ASSERTED_EN.finditer(text):
        before = text[max(0, found.start() - 48) : found.start()]
        if not NO_EN.search(before) and not NOT_A_PERSON.search(found.group()):
            yield found.span()


def asserted(text: str) -> list[Found]:
    """Every passage that would assert an illness, in order, none overlapping another; each line is read by itself."""
    result, at = list[Found](), 0
    for line in text.split("\n"):
        last = 0
        for start, end in sorted(_asserts(_folded(line)), key=lambda span: (span[0], -span[1])):
            if start >= last:
                result.append(Found(at + start, at + end, line[start:end]))
                last = end
        at += len(line) + 1
    return result


class Whose(StrEnum):
    """Whose words they are, where a record repeats that somebody is ill."""

    CLIENT = "client"
    FAMILY = "family"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True)
class Source:
    """Whose words one phrase is. Of a hospital's: which one and when, where that is known by now."""

    whose: str
    place: str = ""
    on: str = ""

    def __repr__(self) -> str:
        return "…"


def untagged(texts: Iterable[str], sources: Mapping[str, Source]) -> list[str]:
    """The phrases of these texts that nobody has said yet whose words they are, each once, in order."""
    phrases = dict.fromkeys(found.words for text in texts for found in asserted(text))
    return [one for one in phrases if one not in sources or sources[one].whose not in set(Whose)]
