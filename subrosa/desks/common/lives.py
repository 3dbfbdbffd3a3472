"""The states of the house, drawn from the code: what a row may become, by which act, under which clause."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from subrosa.policy.charter import CHARTER

from .lives_drawn import Drawing, drawn
from .lives_found import leaves, lives
from .rulings import ClauseShown, clause_shown
from .words.acts import ACTS

NAMES: Final = {
    "appointment": _("A time"),
    "case": _("A file"),
    "correspondence": _("A letter and its answer"),
    "outreach": _("A worry slip or a cry"),
}
OWNERS: Final = {"counselor": _("the counselor"), "duty team": _("the duty team")} | {
    "duty team, care team": _("the care team, or the duty team")
}
STATES: Final = {
    "booked": _("held for somebody"),
    "held": _("took place"),
    "no_show": _("nobody came"),
    "cancelled": _("given back"),
    "open": _("running"),
    "closed": _("brought to an end"),
    "archived": _("in the archive"),
    "destroyed": _("destroyed"),
    "received": _("received"),
    "taken": _("taken care of"),
    "answered": _("answered"),
    "done": _("done with"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow: from where to where, by which act, under which clause."""

    number: int
    before: str
    after: str
    act: str
    clause: ClauseShown


@dataclass(frozen=True, slots=True)
class Life:
    """One kind of row: its name, who answers for it, its picture and the same in words."""

    key: str
    name: str
    owner: str
    ends: list[str]
    steps: list[Step]
    drawing: Drawing


def _words(state: str) -> str:
    return gettext(STATES[state]) if state in STATES else state.replace("_", " ")


def _life(room: str, module: ModuleType) -> Life:
    arrows = [(before.value, after.value, act) for (before, act), after in module.TRANSITIONS.items()]
    steps = [
        Step(n, _words(before), _words(after), gettext(ACTS.get(act, act.value)), clause_shown(CHARTER[act].under))
        for n, (before, after, act) in enumerate(arrows, 1)
    ]
    states = {state.value: _words(state.value) for state in module.State}
    return Life(
        room,
        gettext(NAMES[room]) if room in NAMES else room.replace("_", " "),
        gettext(OWNERS[module.OWNER]) if module.OWNER in OWNERS else module.OWNER,
        [_words(state.value) for state in module.State if not leaves(module, state)],
        steps,
        drawn(states, [(before, after) for before, after, _act in arrows]),
    )


@require_safe
def code_states(request: HttpRequest) -> HttpResponse:
    """Every life with its picture; a new `states.py` appears here by itself."""
    return render(request, "common/code_states.html", {"lives": [_life(room, module) for room, module in lives()]})
