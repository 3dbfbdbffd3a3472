"""Who would hear of it? Everyday situations; a guess turns the card. No score, nothing locks, everything may be left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from subrosa.desks.common.requests import Visit, audience
from subrosa.policy.grounds import cards as laid_out
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.queries import open_case_of
from subrosa.records.consent import understanding
from subrosa.records.consent.points import HEARD, STAYS

from .agreement import shown_in
from .care import who_opens
from .plain import told

ZH, EN = 0, 1


@dataclass(frozen=True, slots=True)
class CardShown:
    """One card in the reader's language; `guess` is what was tapped on this page."""

    key: str
    situation: str
    answer: str
    guess: str


def shown(guesses: dict[str, str]) -> list[CardShown]:
    """The cards as they are laid out."""
    place = ZH if shown_in().startswith("zh") else EN
    return [CardShown(one.key, one.situation[place], one.answer[place], guesses.get(one.key, "")) for one in laid_out()]


def _guessed(there: Visit) -> dict[str, str]:
    """What was tapped; anything else than the two answers is no guess."""
    typed = {one.key: there.request.POST.get(f"guess_{one.key}", "") for one in laid_out()}
    return {key: guess for key, guess in typed.items() if guess in (HEARD, STAYS)}


@audience(Role.CLIENT)
def cards(there: Visit) -> HttpResponse:
    """The stack. What is tapped is kept where the own key can seal it; else it is for looking only."""
    case = open_case_of(there.by.id)
    keeps = case is not None and holds_shared(there.by, case)
    guesses, ruling = _guessed(there), None
    if there.request.method == "POST" and case is not None and keeps:
        try:
            understanding.guess(
                by=there.by, at=there.at, case=case, guesses=guesses, language=shown_in(), once=there.once
            )
            return redirect(f"{reverse('mine_cards')}?kept=1")
        except Refused as refused:
            ruling = told(refused.ruling)
    values = {
        "cards": shown(guesses),
        "case": case,
        "keeps": keeps,
        **(who_opens(case) if case is not None and keeps else {}),
        "kept": "kept" in there.request.GET,
        "ruling": ruling,
        "once": uuid.uuid4(),
    }
    return render(there.request, "client/cards.html", values, status=403 if ruling else 200)
