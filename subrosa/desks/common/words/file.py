"""The words of a file: headings of its parts and what was tapped, the same on the counselor's pages and in a bound volume."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

PARTS: Final[Mapping[str, object]] = {
    "situation": _("Situation"),
    "problem": _("What weighs on the client"),
    "course": _("How the meeting went"),
    "advice": _("Advice"),
    "effect": _("Effect"),
    "other": _("Other matters"),
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
DANGER: Final[Mapping[str, object]] = {"no": _("No"), "watch": _("Watch"), "act": _("Act now")}
PLAN: Final[Mapping[str, object]] = {
    "problem": _("What the problem is"),
    "goal": _("The goal"),
    "notice": _("How we shall notice it"),
    "roles": _("Who does what"),
    "measures": _("How we go about it"),
    "results": _("What is likely to come of it"),
}
ABOUT: Final[Mapping[str, object]] = {
    "study": _("Study and exams"),
    "peers": _("Classmates and friends"),
    "family": _("Home"),
    "feelings": _("Feelings, sleep, body"),
    "advice": _("A question, a piece of advice"),
    "other": _("Something else"),
}
CAME: Final[Mapping[str, object]] = {
    "calmer": _("Calmer, back to class"),
    "comes_again": _("Comes again"),
    "handed_on": _("Brought to somebody else"),
    "nothing_more": _("Nothing more needed"),
}
WHY_CLOSED: Final[Mapping[str, object]] = {
    "goals_reached": _("What was wanted is reached"),
    "client_ended": _("The client does not want to go on"),
    "referred": _("Goes on with somebody else"),
    "left_school": _("Left the school"),
    "no_contact": _("Did not come back"),
}
ENDED: Final[Mapping[str, object]] = {**WHY_CLOSED, "joined": _("Goes on in another file of the same student")}
WHY_NOT: Final[Mapping[str, object]] = {
    "did_not_want": _("did not want to"),
    "did_not_come_back": _("did not come back"),
    "left_school": _("left the school"),
}
