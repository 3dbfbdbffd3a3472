"""Bringing in a list of 3,000 students, from the bytes of its file to the rows, beside openpyxl only reading that file."""

from __future__ import annotations

import io
import os
import statistics
import time
from itertools import product
from pathlib import Path

import openpyxl

from subrosa.demo.roster import FAMILY, GIVEN
from subrosa.policy.actor import Actor
from subrosa.records.roster import actions, queries
from subrosa.records.roster.models import Pupil
from subrosa.records.roster.sheet import read
from subrosa.walk.walk import Walk

from .measure import Line, in_turn, ratio, settled

STUDENTS, LIMIT = 3000, 4.0
NAMED = "roster.xlsx"
HEADINGS = (
    "学号",
    "姓名",
    "性别",
    "出生日期",
    "年级",
    "班级",
    "班主任",
    "监护人",
    "监护人电话",
    "本人手机",
    "家庭住址",
)
TYPED = ("wangxiaoming", "w", "zl", "王", "2026", "10班", "zzz")


def file() -> tuple[bytes, str]:
    """A list and where it is from: below the folder named by SUBROSA_DATASETS, else made up."""
    named = os.environ.get("SUBROSA_DATASETS")
    for found in sorted(Path(named).rglob(NAMED)) if named else ():
        return found.read_bytes(), NAMED
    return made_up(), "made up"


def made_up() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    names = [f"{family}{given}" for family, given in product(FAMILY, GIVEN)]
    for n in range(STUDENTS):
        name, phone = names[n % len(names)], f"138{n:08}"
        born = f"{2008 + n % 6}-{1 + n % 12:02}-{1 + n % 28:02}"
        held = (
            f"2026{n:06}",
            name,
            "女男"[n % 2],
            born,
            f"{7 + n % 6}年级",
            f"{1 + n % 12}班",
            "周老师",
            f"{name[0]}女士",
        )
        book.active.append([*held, phone, phone if n % 3 else None, f"青禾路 {n} 号"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def by_openpyxl(data: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def by_us(data: bytes, by: Actor, walk: Walk) -> None:
    sheet = read(data, today=walk.at.date())
    actions.import_roster(by=by, at=walk.at, cards=sheet.cards, headings=sheet.headings, columns=sheet.columns)


def _typing(times: int) -> float:
    """The slowest of some searches, each its median."""

    def once(typed: str) -> float:
        begun = time.perf_counter()
        queries.search(typed)
        return time.perf_counter() - begun

    return max(statistics.median(once(typed) for _ in range(times)) for typed in TYPED)


def lines(walk: Walk, *, times: int) -> list[Line]:
    """The list comes in over and over: the first time everybody is new, then everybody is updated."""
    data, source = file()
    by, before = walk.people["sun"], Pupil.objects.count()
    students = by_openpyxl(data) - 1
    by_us(data, by, walk)
    assert Pupil.objects.count() == before + students, "each student came in once"
    settled()
    rounds = max(5, times // 30)
    whole, bare = in_turn(lambda _: by_us(data, by, walk), lambda _: by_openpyxl(data), times=rounds)
    assert Pupil.objects.count() == before + students, "and nobody was doubled"
    typing = round(_typing(rounds) * 1000, 1)
    name = "roster import ÷ openpyxl reading the same file"
    return [ratio(name, whole, bare, LIMIT, times=rounds, students=students, file=source, typing_ahead_ms=typing)]
