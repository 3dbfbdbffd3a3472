"""The lines that a school's help page begins with, and what is known of them. A center changes hours, order and offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, its name, when it answers (Chinese, English), and its place in the list."""

    key: str
    number: str
    name: tuple[str, str]
    hours: tuple[str, str]
    place: int


ALWAYS: Final = ("昼夜都有人接", "answered day and night")
# 12356: the founding notice (2025) asks for at least 18 hours a day; 12355 keeps office hours in places. So another line
# always comes after them. 12110 takes text messages, needs the last three digits of the area code, and is slow.
MAY_NOT_ANSWER: Final = frozenset({"12356", "12355"})
BY_TEXT: Final = "12110"
CN: Final = (
    Line(
        "12356",
        "12356",
        ("心理援助热线", "Psychological support"),
        ("每天至少 18 小时，不少地方昼夜都有人接", "at least 18 hours a day"),
        10,
    ),
    Line("12355", "12355", ("青少年服务台", "Youth line"), ("多为工作时间，各地不同", "mostly office hours"), 20),
    Line("110", "110", ("公安报警", "Police"), ALWAYS, 30),
    Line("120", "120", ("急救", "Ambulance"), ALWAYS, 40),
    Line("119", "119", ("消防救援", "Fire and rescue"), ALWAYS, 50),
)
SHIPPED: Final[Mapping[str, tuple[Line, ...]]] = MappingProxyType({"cn": CN})


def shipped(kind: str) -> tuple[Line, ...]:
    """The lines of a school kind, by the country at its beginning; a kind of another country begins with none."""
    return SHIPPED.get(kind.partition("-")[0], ())


def by_text(area: str) -> Line:
    """The line for text messages of an area, by the last three digits of its code. ValueError for anything else."""
    if not (len(area) == 3 and area.isascii() and area.isdigit()):  # three digits of an area code
        raise ValueError("an area is three digits")
    return Line(
        BY_TEXT, BY_TEXT + area, ("短信报警", "Police by text message"), ("比打电话慢", "slower than a call"), 60
    )
