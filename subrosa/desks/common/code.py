"""The published code: every clause, its sources, how the program keeps it and how far; found by words and by state."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from subrosa.policy import register
from subrosa.policy.charter import CHARTER
from subrosa.policy.register import Entry

from .rulings import ClauseShown, clause_shown
from .words.acts import ACTS

CHAPTERS: Final = {
    "ETH": _("Ethics"),
    "COMP": _("Competence"),
    "CON": _("Agreement"),
    "CONF": _("Secrecy"),
    "EXC": _("Exceptions to secrecy"),
    "APPT": _("Time and place"),
    "REC": _("Records"),
    "TEST": _("Tests"),
    "RISK": _("Danger"),
    "REF": _("Referral"),
    "REL": _("The relationship"),
    "GRP": _("Groups"),
    "DEID": _("Cases in teaching"),
    "EDU": _("The school"),
    "MGMT": _("The center"),
    "CLIENT": _("Whoever comes"),
}
STATES: Final = {"whole": _("kept by the program"), "part": _("kept in part"), "not_yet": _("not built yet")}
KINDS: Final = {
    "guard": _("a boundary"),
    "gate": _("what must be there first"),
    "deadline": _("a date that is watched"),
    "prompt": _("a line at the right moment"),
    "register": _("a register"),
    "measure": _("a figure without names"),
    "publish": _("a page that can be read"),
}
LONGEST = 80  # characters that are looked for; nobody remembers more of a clause


@dataclass(frozen=True, slots=True)
class Kept:
    """One clause on the page: its words, how it is kept, and the presses that are bound by it."""

    clause: ClauseShown
    state: str
    kinds: tuple[str, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One state to choose: its words, how many clauses are in it, and where the choice leads."""

    key: str
    label: str
    count: int
    url: str
    chosen: bool


def plain(text: str) -> str:
    """A text as it is compared: full and half width alike, upper and lower case alike."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=256)
def _everything(entry: Entry) -> str:
    """All that a clause says, in both languages: who reads English may look for a Chinese word of the source."""
    words = (entry.title, entry.text, entry.kept, entry.missing)
    return plain("\n".join((entry.id, *(text for one in words for text in (one.en, one.zh)), *entry.sources)))


def found(words: str, state: str = "") -> list[Entry]:
    """The clauses that hold every one of these words and are in this state, in the order of the code."""
    wanted = plain(words).split()
    return [
        entry
        for entry in register.clauses()
        if state in ("", entry.state) and all(word in _everything(entry) for word in wanted)
    ]


def _kept(entry: Entry) -> Kept:
    bound = [act for act, row in CHARTER.items() if entry.id in row.clauses and act in ACTS]
    acts = dict.fromkeys(gettext(ACTS[act]) for act in bound)
    kinds = tuple(gettext(KINDS[kind]) for kind in entry.kind)
    return Kept(clause_shown(entry.id), gettext(STATES[entry.state]), kinds, tuple(acts))


def _choices(words: str, state: str) -> list[Choice]:
    """All, and each state, among the clauses that hold these words."""
    matching = found(words)
    counted = Counter(entry.state for entry in matching)
    rows = [
        ("", gettext("all"), len(matching)),
        *((key, gettext(label), counted[key]) for key, label in STATES.items()),
    ]
    return [Choice(key, label, count, _address(words, key), key == state) for key, label, count in rows]


def _address(words: str, state: str) -> str:
    given = urlencode([(key, value) for key, value in (("q", words), ("state", state)) if value])
    return f"{reverse('code')}?{given}" if given else reverse("code")


def _chapters(entries: Sequence[Entry]) -> list[dict[str, object]]:
    grouped = groupby(entries, key=lambda entry: entry.id.partition("-")[0])
    return [
        {"id": key, "title": gettext(CHAPTERS[key]), "clauses": [_kept(entry) for entry in group]}
        for key, group in grouped
    ]


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The whole code on one page, chapter by chapter, or what was looked for. It asks the database for nothing."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    entries, everything = found(words, state), Counter(entry.state for entry in register.clauses())
    values = {
        "q": words,
        "state": state,
        "choices": _choices(words, state),
        "chapters": _chapters(entries),
        "shown": len(entries),
        "narrowed": bool(words or state),
        "all": everything.total(),
        "whole": everything["whole"],
        "part": everything["part"],
        "not_yet": everything["not_yet"],
        "begun": everything["whole"] + everything["part"],
    }
    return render(request, "common/code.html", values)
