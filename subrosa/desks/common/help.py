"""The help page: what to show when, for everybody, signed in or not, and without network once it was seen.

At first glance never more than three; every situation is one tap away. A line that may not answer never stands last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from subrosa.records.helpline.queries import Duty, Offered, lines, on_duty

ADULT = "adult"
TALK = "talk"  # every line that is there for talking, in the school's order


@dataclass(frozen=True, slots=True)
class Situation:
    """When what: its name on the page, whom to turn to in which order, and what to know."""

    key: str
    title: str
    calls: tuple[str, ...]
    words: tuple[str, ...]


SITUATIONS: Final = (
    Situation(
        "hurt",
        _("Swallowed something, cut deep, fainted"),
        ("120", ADULT),
        (_("Call even if it feels all right now: later is more dangerous."), _("Do not wait alone.")),
    ),
    Situation(
        "attack",
        _("Up high, holding a knife, somebody hits or forces you"),
        ("110", "119", "120"),
        (
            _("Say where you are, then what is happening."),
            _("Up high, trapped or fire: 119 as well. Somebody is hurt: 120 as well."),
        ),
    ),
    Situation("fire", _("Fire, trapped, somebody stands up high"), ("119", "110"), (_("Get out first, then call."),)),
    Situation(
        "harmed",
        _("An adult or a classmate harmed you, and it is over"),
        (ADULT, "12355", "110"),
        (
            _("It is not your fault. It is never too late to report it."),
            _("We must help you report it, and we do not tell that person first."),
        ),
    ),
    Situation(
        "low",
        _("It hurts, you want to talk, you cannot sleep"),
        (TALK,),
        (_("If nobody answers, take the next one. In the morning we are here."),),
    ),
    Situation(
        "quiet",
        _("You dare not speak aloud"),
        (ADULT, "110", "12110"),
        (_("If you can call, call 110: a message is slower. Write exactly where you are."),),
    ),
    Situation(
        "friend",
        _("Worried about a classmate"),
        (ADULT, "12356", "110"),
        (_("Stay with them and fetch an adult."), _("Do not promise to keep it secret.")),
    ),
)


@dataclass(frozen=True, slots=True)
class Call:
    """One line of a list: a number to dial, or the people nearby."""

    number: str
    href: str
    name: str
    hours: str = ""
    then_next: bool = False
    place: str = ""


def _in_language(both: tuple[str, str]) -> str:
    return both[0 if (get_language() or "").startswith("zh") else 1]


def _call(line: Offered) -> Call:
    scheme = "sms" if line.by_text else "tel"
    then_next = line.may_not_answer and not line.by_text
    return Call(line.number, f"{scheme}:{line.number}", _in_language(line.name), _in_language(line.hours), then_next)


def _adult(duty: Duty | None) -> Call:
    """An adult nearby first: the counselor on duty by name, else whoever is there."""
    if duty is None:
        said = gettext("The counselor, your class teacher, in the dormitory whoever is on duty")
        return Call(gettext("An adult near you"), "", said)
    said = gettext("%(name)s is on duty today") % {"name": duty.name}
    phone = str(duty.phone)
    href = f"tel:{''.join(one for one in phone if one.isdigit() or one in '+*#')}" if phone else ""
    return Call(phone or gettext("An adult near you"), href, said, place=duty.room)


def _talk(offered: Sequence[Offered]) -> list[Offered]:
    """The lines for talking: those before the first that always answers, and that one."""
    kept: list[Offered] = []
    for one in offered:
        if one.by_text:
            continue
        kept.append(one)
        if not one.may_not_answer:
            break
    return kept


def _list(keys: tuple[str, ...], offered: Sequence[Offered], duty: Duty | None) -> list[Call]:
    """The calls of one situation. Where the last may not answer, the school's last line follows it."""
    by_key = {one.key: one for one in offered}
    found: list[Call] = []
    last: Offered | None = None
    for key in keys:
        if key == ADULT:
            found.append(_adult(duty))
            continue
        for one in _talk(offered) if key == TALK else [by_key[key]] if key in by_key else []:
            found.append(_call(one))
            last = one
    if last is not None and found[-1].then_next and offered:
        found.append(_call(offered[-1]))
    return found


def glance() -> list[Call]:
    """At first glance: an adult, the first line, and where that may not answer the next that does. Never more than three."""
    offered, duty = [one for one in lines() if not one.by_text], on_duty()
    found = [_adult(duty)]
    if offered:
        found.append(_call(offered[0]))
        sure = next((one for one in offered if not one.may_not_answer), None)
        if offered[0].may_not_answer and sure is not None:
            found.append(replace(_call(sure), name=gettext("Nobody answers, or it is dangerous right now"), hours=""))
    return found


def in_danger() -> list[Call]:
    """Beside words of danger: an adult, the first line, and where that may not answer the two that do."""
    offered = [one for one in lines() if not one.by_text]
    keys = (ADULT, *(one.key for one in offered[:1]), "120", "110")
    return _list(tuple(dict.fromkeys(keys)), offered, on_duty())


def in_danger_of() -> list[Call]:
    """Beside a colleague's answer that there is danger now: what can be called at once, then who is on duty."""
    offered, duty = lines(), on_duty()
    return _list(("120", "110", "119", *((ADULT,) if duty is not None else ())), offered, duty)


def _said(one: Situation, calls: Sequence[Call]) -> tuple[str, ...]:
    """The words below its calls: what is said of messages stands only where one can be sent."""
    by_text = any(call.href.startswith("sms:") for call in calls)
    return one.words if by_text or one.key != "quiet" else ()


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to call now: works for everybody, signed in or not."""
    return _page(request)


@require_safe
def help_in(request: HttpRequest, language: str) -> HttpResponse:
    """The same in one language, whatever the browser asks for: what is kept for when there is no network."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    offered, duty = lines(), on_duty()
    values = {
        "glance": glance(),
        "situations": [
            (one, calls, _said(one, calls)) for one in SITUATIONS for calls in [_list(one.calls, offered, duty)]
        ],
        "languages": settings.LANGUAGES,
        "plain_page": True,
    }
    return render(request, "common/help_now.html", values)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the help page; it lies here so that it sees this page and no other."""
    found = finders.find("common/help-worker.js")
    assert isinstance(found, str), "the file ships with the program"
    with open(found, "rb") as file:
        return HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
