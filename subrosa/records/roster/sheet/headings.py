"""Which column is what: headings in any order, in Chinese or English, with whatever is typed around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cells import fold

# Of two headings for one field the one that stands first here counts.
HEADINGS = {
    "number": (
        "学号", "学生学号", "学籍号", "全国学籍号", "学生编号", "student number", "student no", "student id", "number", "no",
    ),
    "name": ("姓名", "学生姓名", "名字", "name", "student name", "full name"),
    "sex": ("性别", "sex", "gender"),
    "grade": ("年级", "所在年级", "就读年级", "grade", "year"),
    "class_name": ("班级", "班别", "所在班级", "行政班", "班级名称", "班", "class", "class name"),
    "born": (
        "出生日期", "出生年月日", "出生年月", "生日", "出生时间", "birth date", "birthdate", "date of birth", "birthday", "born",
        "dob",
    ),
    "homeroom": ("班主任", "班主任姓名", "班主任老师", "homeroom teacher", "class teacher", "form teacher", "homeroom"),
    "guardian": (
        "监护人", "监护人姓名", "家长姓名", "家长", "guardian", "guardian name", "name of guardian", "parent", "parent name",
    ),
    "guardian_phone": (
        "监护人电话", "监护人手机", "监护人联系电话", "监护人联系方式", "家长电话", "家长手机", "家长联系电话", "家长联系方式",
        "联系电话", "guardian phone", "guardian mobile", "phone of guardian", "parent phone",
    ),
    "phone": ("本人手机", "本人电话", "学生手机", "学生电话", "手机", "手机号", "手机号码", "phone", "mobile", "student phone"),
    "address": ("家庭住址", "家庭地址", "住址", "现住址", "联系地址", "地址", "address", "home address"),
    "consent": (
        "家长回执", "回执", "家长意见", "监护人意见", "家长同意", "监护人同意", "是否同意", "同意", "guardian consent",
        "parent consent", "consent", "enrollment letter", "enrollment letter", "letter", "agrees",
    ),
    "no_screening": (
        "不参加测评", "不参加本学年测评", "不参加心理测评", "不参加心理健康测评", "不测评", "no screening",
        "not in the screening", "opts out of screening", "screening opt out",
    ),
    "talk_wanted": (
        "希望谈谈", "希望和心理老师谈谈", "希望与心理老师谈谈", "希望面谈", "wants to talk", "wants a talk", "talk wanted",
        "would like to talk",
    ),
    "boarding": ("住校", "是否住校", "住宿", "是否住宿", "寄宿", "boarding", "boarder", "boards"),
    "answered": ("回执日期", "家长回执日期", "答复日期", "answered", "answered on", "date of answer", "letter date"),
}  # fmt: skip
NEEDED = ("number", "name")
MENDED = ("需要修改的地方", "what to mend")  # our own last column, which is left out when the file comes back
MOST_COLUMNS = 200
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|信息$|情况$")
_NOISE = re.compile(r"[\s*:;,._\-/'\"#?!、。·]+")


def _key(text: str) -> str:
    return _NOISE.sub("", fold(text).casefold())


_RANKED = {_key(said): (field, rank) for field, words in HEADINGS.items() for rank, said in enumerate(words)}
_MENDED = frozenset(_key(said) for said in MENDED)


def plain(heading: str) -> str:
    """A heading without spaces, line breaks, signs and width: how two of them are compared."""
    return _key(heading)


def known(heading: str) -> tuple[str, int] | None:
    """The field of a heading and how good a name for it this is (0 is best)."""
    if len(heading) > MOST_COLUMNS:
        return None
    return _RANKED.get(_key(heading)) or _RANKED.get(_key(_ASIDE.sub("", fold(heading))))


def columns(row: Sequence[str]) -> dict[str, int]:
    """Field -> place, of those headings that are known; the best name for a field wins, of equal ones the first."""
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(row):
        if found := known(cell):
            field, rank = found
            best[field] = min(best.get(field, (rank, place)), (rank, place))
    return {field: place for field, (_, place) in best.items()}


def is_heading_row(found: dict[str, int]) -> bool:
    """Whether these columns are those of a list of students."""
    return all(field in found for field in NEEDED)


def under(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one: a wide heading ("guardian") says what the narrow ones below it ("name", "phone") are of."""
    joined, wide = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        wide = above or wide
        if not below or below == above:
            joined.append(above)
        else:
            both = f"{_ASIDE.sub('', fold(wide))}{below}"
            joined.append(both if known(both) else below)
    return joined


def is_our_own(heading: str) -> bool:
    """Whether this column is the last one of a file to mend."""
    return _key(heading) in _MENDED
