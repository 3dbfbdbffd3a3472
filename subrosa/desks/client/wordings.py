"""The two texts of the agreement on a page: which one stands there, and the way to the other. Nothing is kept of the choice.

Nobody knows the age of somebody with a nickname, so the whole text stands first and the one in simpler words is a tap away.
On the center's device, handed over by a colleague who can read the age, the simpler one stands first for who is younger.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from subrosa.desks.common.handed import YOUNGER, in_hand
from subrosa.policy.wording import Wording

NAME = "words"


def chosen(request: HttpRequest, version: Any, otherwise: Wording | None = None) -> Wording:
    """The text that stands on this page: the one that was asked for, else the one that comes first here."""
    if not version.simple_zh:
        return Wording.WHOLE
    asked = request.POST.get(NAME) or request.GET.get(NAME, "")
    if asked in set(Wording):
        return Wording(asked)
    younger = request.COOKIES.get(YOUNGER) and in_hand(request) is not None  # the cookie may outlive the handing over
    return otherwise or (Wording.SIMPLE if younger else Wording.WHOLE)


def text_of(version: Any, wording: Wording, language: str) -> str:
    """One text of a version in one language."""
    texts = (version.text_zh, version.text_en) if wording is Wording.WHOLE else (version.simple_zh, version.simple_en)
    return str(texts[0] if language.startswith("zh") else texts[1])


def switch(version: Any, wording: Wording) -> dict[str, Any]:
    """For the template: whether there are two texts, and which one stands there."""
    return {"two_texts": bool(version and version.simple_zh), "wording": wording, "simple": wording is Wording.SIMPLE}
