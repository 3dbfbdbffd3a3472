"""The counselor's words: cues of a record, states, kinds of files, who opens what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

CUES: Final[Mapping[str, object]] = {
    "situation": _("Year, boarding or day pupil, what is going on around the client"),
    "problem": _("In the client's own words wherever you can"),
    "course": _("What was talked about, and how"),
    "advice": _("What was suggested or agreed"),
    "effect": _("What has changed, as far as one can see"),
    "other": _("Danger, contacts, what to think of next time"),
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
