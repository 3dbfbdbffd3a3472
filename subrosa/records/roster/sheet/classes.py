"""Grade and class as one name, however a list divides them; and the plain form in which both are looked up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .cells import fold

_NUMERALS: Final = "零〇一二三四五六七八九十"
_DIGIT: Final = {"零": 0, **{sign: place for place, sign in enumerate("〇一二三四五六七八九十")}}
_NUMERAL = re.compile(f"[{_NUMERALS}]+")
_BARE = re.compile(rf"\d+|[{_NUMERALS}]+")
_HAS_NUMBER = re.compile(rf"[\d{_NUMERALS}]")
_BETWEEN = re.compile(r"[()\[\]{}<>第 -]+")
_NEEDLESS = re.compile(r"(?<!\d)-|-(?!\d)")  # only between two numbers does it tell them apart
_YEAR_OF_SCHOOL = re.compile(rf"[高初][一二三四](?=[{_NUMERALS}])")  # 高三十班 is class ten
_GRADE = re.compile("年级|[级届]")


def group(grade: str, class_name: str) -> str:
    """A class with its grade before it, said once: many lists write 高一（1）班 beside a column that says 高一."""
    if not grade or not class_name or _says(class_name, grade):
        return class_name or grade
    last, first = grade[-1], class_name[0]
    if last.isdigit() and first.isdigit():
        return f"{grade}-{class_name}"
    if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
        return f"{grade} {class_name}"
    return f"{grade}{class_name}班" if class_name.isdigit() else f"{grade}{class_name}"


def _says(class_name: str, grade: str) -> bool:
    """Whether the class names its grade already. 七班 beside 七年级 does not: there the seven is the class's own."""
    core = _GRADE.sub("", grade)
    start = next((one for one in (grade, core) if one and class_name.startswith(one)), "")
    rest = class_name[len(start) :]
    if not start or not _BARE.fullmatch(start):
        return bool(start)
    return bool(_HAS_NUMBER.search(rest)) and not rest[0].isdigit()


@lru_cache(maxsize=2000)  # classes, never names
def plain(text: str) -> str:
    """A grade, a class or both as one looks them up: 高一（3）班, 高一3班 and 高一三班 are the same; so are 7年级 and 七年级."""
    parted = _BETWEEN.sub("-", fold(text).casefold()).strip("-")
    parted = re.sub("-?(年级|[级届])-?", "~", parted)
    counted = _NUMERAL.sub(_counted, _YEAR_OF_SCHOOL.sub(r"\g<0>-", parted))
    return _NEEDLESS.sub("", counted).replace("~", "-")


def _counted(numeral: re.Match[str]) -> str:
    """A Chinese number in digits, kept apart from digits beside it: 高一1 is grade one, class one."""
    before, after = numeral.string[: numeral.start()][-1:], numeral.string[numeral.end() :][:1]
    return f"{'-' * before.isdigit()}{_value(numeral[0])}{'-' * after.isdigit()}"


def _value(numeral: str) -> str:
    """What a Chinese number says: 十一 is 11, 二〇二二 is 2022, and 七三 is two numbers."""
    tens, ten, ones = numeral.partition("十")
    if ten and len(tens) < 2 and len(ones) < 2:
        return str((_DIGIT[tens] if tens else 1) * 10 + (_DIGIT[ones] if ones else 0))
    digits = [str(_DIGIT[sign]) for sign in numeral]
    return "".join(digits) if "0" in digits else "-".join(digits)


def stands_in(word: str, of: str) -> bool:
    """Whether what was typed names this class: as it is written, or in the plain form with its numbers whole."""
    wanted = plain(word)
    if word in of or not wanted:
        return word in of
    whole = r"(?!\d)" if wanted[-1].isdigit() else ""
    return re.search(rf"(?<!\d){re.escape(wanted)}{whole}", plain(of)) is not None
