"""Looking for a word in one's own records. The word travels in the body of a form and stands nowhere afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin
from subrosa.desks.common.words.file import LATER, PARTS
from subrosa.policy.roles import Role
from subrosa.records.note.finding import MOST_WORD, wanted
from subrosa.records.note.searching import A_PAGE, Found, search

from .desk import who_they_are


@dataclass(frozen=True, slots=True)
class _Page:
    """Where this page of what was found stands."""

    start: int
    found: Found

    @property
    def first(self) -> int:
        return self.start + 1

    @property
    def last(self) -> int:
        return self.start + len(self.found.hits)

    @property
    def before(self) -> int | None:
        return max(0, self.start - A_PAGE) if self.start else None

    @property
    def after(self) -> int | None:
        return self.last if self.last < self.found.many else None


@audience(Role.COUNSELOR, unlocked=True)
def search_notes(there: Visit) -> HttpResponse:
    """The page: opened, it asks; a word sent, it shows where that stands in the own records."""
    values: dict[str, Any] = {"margin": margin("CONF-02", "CONF-04"), "most_word": MOST_WORD}
    if there.request.method != "POST":
        return render(there.request, "counselor/search.html", values)
    typed = there.request.POST.get("word", "")
    word = wanted(typed)
    values["word"] = typed
    if not word or len(typed) > MOST_WORD:
        values["wrong"] = gettext("Please write what you are looking for: up to %(most)s characters.") % {
            "most": MOST_WORD
        }
        return render(there.request, "counselor/search.html", values, status=422)
    start = _start(there.request.POST.get("start", ""))
    found = search(by=there.by, at=there.at, word=word, start=start)
    return render(there.request, "counselor/search.html", {**values, **_shown(there, found, start)})


def _start(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def _shown(there: Visit, found: Found, start: int) -> dict[str, Any]:
    known = who_they_are(there, {one.case.client_id for one in found.hits})
    rows = []
    for one in found.hits:
        client = known.get(one.case.client_id)
        parts = [(PARTS[part] if part in PARTS else LATER.get(part, ""), passages) for part, passages in one.parts]
        rows.append({"hit": one, "name": client.name if client else "", "parts": parts})
    return {"found": found, "rows": rows, "page": _Page(start, found)}
