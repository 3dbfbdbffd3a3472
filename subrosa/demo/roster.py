"""The school of the demonstration: the roster where one is at hand, else a small school made here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from subrosa.policy.ladder import Ages, Band, band
from subrosa.records.roster.letter import Consent
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
            born=f"{2013 - n % 6}-0{1 + n % 9}-1{n % 9}",
            guardian=f"{family}女士",
        )
        for n, (family, given) in enumerate(product(FAMILY, GIVEN), 1)
    ]


AGES = Ages()
WHO_COMES = (  # the eight who come: how old, and what the family answered
    (Band.FROM_14, Consent.YES),
    (Band.UNDER_14, Consent.NO),
    (Band.FROM_14, Consent.NONE),
    (Band.UNDER_14, Consent.NONE),
    (Band.FROM_14, Consent.YES),
    (Band.UNDER_14, Consent.YES),
    (Band.OF_AGE, Consent.YES),
    (Band.FROM_14, Consent.YES),
)
NOT_BACK, WITH_A_WISH, WITHOUT_TESTS = 9, 41, 67  # every so many letters


def with_letters(cards: Sequence[Card], today: date) -> tuple[list[Card], list[Card]]:
    """The list with the families' answers: most yes, some not back, two no; and the eight of it who come."""
    answered = [
        replace(
            card,
            consent=Consent.NONE if n % NOT_BACK == 0 else Consent.YES,
            talk_wanted=True if n % WITH_A_WISH == 0 else None,
            no_screening=True if n % WITHOUT_TESTS == 0 else None,
        )
        for n, card in enumerate(cards, 1)
    ]
    comes = _who_come(answered, today)
    other = next(n for n, card in enumerate(answered) if n not in comes)
    answered[other] = replace(answered[other], consent=Consent.NO)
    for place, (_column, consent) in zip(comes, WHO_COMES, strict=True):
        answered[place] = replace(answered[place], consent=consent)
    return answered, [answered[place] for place in comes]


def _who_come(cards: Sequence[Card], today: date) -> list[int]:
    """Places of eight students of the ages above, from all over the list; whoever is nearest where an age is missing."""
    taken: list[int] = []
    step = max(1, len(cards) // len(WHO_COMES))
    for number, (column, _consent) in enumerate(WHO_COMES):
        around = [(number * step + n) % len(cards) for n in range(len(cards))]
        free = [n for n in around if n not in taken]
        fits = (n for n in free if cards[n].born and band(date.fromisoformat(cards[n].born), today, AGES) is column)
        taken.append(next(fits, free[0]))
    return taken


def found_again(cards: Iterable[Card]) -> list[Any]:
    """These students as the list has them now."""
    from subrosa.records.roster.queries import search  # noqa: PLC0415  the walk reads its list before Django is set up

    return [next(one for one in search(card.number) if one.card.number == card.number) for card in cards]
