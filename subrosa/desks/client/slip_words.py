"""What the sender of a slip reads: three states, and what to do and not to do meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.desks.common.words.stand_in import TEACHER_ADVICE
from subrosa.records.outreach.lists import Sender
from subrosa.records.outreach.states import State

STATES: Final[Mapping[State, str]] = {
    State.RECEIVED: _("Received."),
    State.TAKEN: _("Somebody is taking care."),
    State.CLOSED: _("Closed."),
}
Advice = tuple[tuple[str, tuple[str, ...]], ...]
EVERYBODY: Final[Advice] = (
    (
        _("Until then"),
        (
            _("Stay with him, and fetch a grown-up. You need not carry this alone."),
            _("Do not promise to keep it secret. “I will get somebody who can help” is enough."),
            _("Listen more than you ask. You need not find a solution."),
        ),
    ),
)
GROWN_UP: Final = frozenset({Sender.CLASS_TEACHER, Sender.PARENT})
ADVICE: Final[Mapping[Sender, Advice]] = {
    Sender.CLASS_TEACHER: (*TEACHER_ADVICE[:2], (_("Fetch help at once when you see"), TEACHER_ADVICE[2][1])),
    Sender.PARENT: (
        (
            _("At home"),
            (
                _(
                    "Say what you see, and that you are there: “I see that you hardly eat. I am here.” No verdict, no lecture."
                ),
                _("Put away medicine, knives and whatever else could hurt him."),
                _("You can have a talk of your own about how to help: ask for a time, also by phone."),
            ),
        ),
    ),
}
