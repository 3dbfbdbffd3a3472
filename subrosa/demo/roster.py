"""The school of the demonstration: the roster where one is at hand, else a small school made here."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

from subrosa.records.roster.sheet import Card, read

NAMED = "SUBROSA_DEMO_ROSTER"
BESIDE = Path("..") / "shared" / "data" / "rosters" / "roster.xlsx"
FAMILY = "王李张刘陈杨赵黄周吴徐孙"
GIVEN = ("雨桐", "子涵", "思远", "梓萱", "浩然", "若溪", "明轩", "佳怡", "一诺", "书瑶")


def demo_cards() -> list[Card]:
    """The students of the demonstration: a real export's 3,000 where the file is there, else 120 made up here."""
    named = os.environ.get(NAMED)
    file = Path(named) if named else BESIDE
    return read(file.read_bytes()).cards if file.is_file() else small_school()


def small_school() -> list[Card]:
    """120 students in 12 classes; no real person."""
    return [
        Card(
            number=f"2026{n:04d}",
            name=f"{family}{given}",
            grade=f"{7 + n % 6}年级",
            class_name=f"{1 + n % 12}班",
            born=f"{2008 + n % 6}-0{1 + n % 9}-1{n % 9}",
            guardian=f"{family}女士",
        )
        for n, (family, given) in enumerate(product(FAMILY, GIVEN), 1)
    ]
