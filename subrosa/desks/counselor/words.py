"""The counselor's words: parts of a record and their choices, states, reasons, who opens what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

PARTS: Final[Mapping[str, tuple[object, object]]] = {  # part -> heading, cue
    "situation": (_("Situation"), _("Year, boarding or day pupil, what is going on around the client")),
    "problem": (_("What weighs on the client"), _("In the client's own words wherever you can")),
    "course": (_("How the meeting went"), _("What was talked about, and how")),
    "advice": (_("Advice"), _("What was suggested or agreed")),
    "effect": (_("Effect"), _("What has changed, as far as one can see")),
    "other": (_("Other matters"), _("Danger, contacts, what to think of next time")),
}

CHOICES: Final[Mapping[str, object]] = {
    "advice.listened": _("Listened; no advice needed"),
    "advice.none_given": _("None given this time"),
    "effect.too_early": _("Too early to say"),
    "effect.to_be_watched": _("To be watched"),
    "other.none": _("Nothing else"),
}

LATER: Final[Mapping[str, object]] = {
    "next_time": _("Next time"),
    "promised": _("What I promised"),
    "tries": _("What the client wants to try"),
}

STATES: Final[Mapping[str, object]] = {
    "booked": _("booked"),
    "held": _("took place"),
    "no_show": _("nobody came"),
    "cancelled": _("cancelled"),
}

CASE_STATES: Final[Mapping[str, object]] = {
    "open": _("open"),
    "left": _("ended by the client"),
    "closed": _("closed"),
    "archived": _("in the archive"),
    "destroyed": _("destroyed"),
}

WHY_NOT: Final[Mapping[str, object]] = {
    "did_not_want": _("did not want to"),
    "did_not_come_back": _("did not come back"),
    "left_school": _("left the school"),
}

WHY_CLOSED: Final[Mapping[str, object]] = {
    "goals_reached": _("What was wanted is reached"),
    "client_ended": _("The client does not want to go on"),
    "referred": _("Goes on with somebody else"),
    "left_school": _("Left the school"),
    "no_contact": _("Did not come back"),
}

KINDS: Final[Mapping[str, object]] = {  # of a file, by the type that a browser gave it
    "picture": _("Picture"),
    "sound": _("Sound recording"),
    "video": _("Video"),
    "paper": _("Paper"),
    "unknown": _("File of unknown type"),
}

TEAMS: Final[Mapping[str, object]] = {
    "client": _("The client"),
    "crisis": _("Crisis team"),
    "duty": _("Duty team"),
    "archive": _("Archive"),
}

SCOPES: Final[Mapping[int, object]] = {
    1: _("the whole file"),
    2: _("the records"),
    3: _("what was said beforehand, the goals"),
    4: _("the safety plan only"),
}
