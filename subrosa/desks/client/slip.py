"""I worry about somebody: a slip from the door, without account and without name. Back go three words and advice, no more."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import at
from subrosa.desks.common.rulings import status_of
from subrosa.policy.actor import DOOR
from subrosa.policy.ruling import Refused
from subrosa.records.outreach import actions, queries
from subrosa.records.outreach.lists import Sender, Words
from subrosa.records.outreach.states import State

from .plain import told
from .slip_words import ADVICE, EVERYBODY, GROWN_UP, STATES

LONGEST = 20_000  # characters
UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x00AD, 0x3164, 0xFEFF])
SENDERS: Final[Mapping[Sender, object]] = {
    Sender.CLASS_TEACHER: _("a class teacher"),
    Sender.PARENT: _("a parent"),
    Sender.CLASSMATE: _("a classmate, a friend"),
    Sender.OTHER: _("somebody else"),
}


class SlipForm(forms.Form):
    """Nothing of it is asked for but a line of words; a cry needs not even that."""

    sender = forms.ChoiceField(
        label=_("I am"), required=False, choices=[(str(k), v) for k, v in SENDERS.items()], widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What have you noticed?"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 5, "dir": "auto", "data-keep": True, "data-danger": "danger-numbers", "autocomplete": "off"}
        ),
    )
    whom = forms.CharField(
        label=_("Whom is it about?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("Name and class, as far as you know them: then somebody can be found."),
    )
    reach = forms.CharField(
        label=_("Where are you, or how can you be reached?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    urgent = forms.BooleanField(label=_("It should be read today"), required=False)

    def __init__(self, *args: Any, now: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_text(self) -> str:
        """Exactly what was typed, line ends aside; what cannot be seen is no text."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if not self.now and not text.translate(UNSEEN).strip():
            raise forms.ValidationError(_("Please write a line: what have you seen or heard?"))
        if len(text) > LONGEST:
            raise forms.ValidationError(_too_long(len(text) - LONGEST))
        return text


def _too_long(over: int) -> str:
    return ngettext(
        "This is %(over)s character more than fits (20,000). Shorten it, or say the rest in person; nothing is lost.",
        "This is %(over)s characters more than fit (20,000). Shorten it, or say the rest in person; nothing is lost.",
        over,
    ) % {"over": f"{over:,}"}


def slip(request: HttpRequest) -> HttpResponse:
    """One screen. Who is signed in here acts as the door all the same: a slip has no account."""
    now = "now" in request.POST
    form = SlipForm(request.POST if request.method == "POST" else None, now=now)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        return _sent(request, form) if now else _left(request, form)
    except Refused as refused:
        return _page(request, form, status=status_of(refused.ruling), ruling=told(refused.ruling))


def _once(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid.uuid4()


def _page(request: HttpRequest, form: SlipForm, *, status: int = 200, ruling: Any = None) -> HttpResponse:
    values = {"form": form, "ruling": ruling, "open": queries.has_duty_team(), "once": _once(request)}
    return render(request, "client/slip.html", values, status=status)


def _left(request: HttpRequest, form: SlipForm) -> HttpResponse:
    """Left: the code is shown. The same press again shows the same code, which is kept nowhere."""
    once, said = _once(request), form.cleaned_data
    code = queries.slip_code(once)
    words = Words(said["text"], said["reach"], said["whom"], said["sender"])
    actions.leave_slip(by=DOOR, at=at(request), words=words, code=code, urgent=said["urgent"], once=once)
    values = {
        "code": code,
        "advice": _advice(said["sender"]),
        "grown_up": said["sender"] in GROWN_UP,
        "urgent": said["urgent"],
        "until": queries.looked_at_today_until(at(request)),
        "reads": queries.read_next(at(request)),
    }
    return render(request, "client/slip_left.html", values)


def _sent(request: HttpRequest, form: SlipForm) -> HttpResponse:
    """Sent to whoever is on duty, with everything that stood on the page as one text."""
    said = form.cleaned_data
    sender = gettext(str(SENDERS[Sender(said["sender"])])) if said["sender"] else ""
    parts = [part for part in (said["whom"], sender, said["text"]) if part]
    once = uuid.uuid5(_once(request), "now")  # the other button of the same page is another press
    actions.send_to_duty(by=DOOR, at=at(request), text="\n".join(parts), reach=said["reach"], once=once)
    values = {"advice": _advice(said["sender"]), "grown_up": said["sender"] in GROWN_UP}
    return render(request, "client/slip_sent.html", values)


def _advice(sender: str) -> list[tuple[str, list[str]]]:
    """What to do meanwhile: a class teacher and a parent are the grown-ups whom a classmate is asked to fetch."""
    own = ADVICE[Sender(sender)] if sender in GROWN_UP else EVERYBODY
    return [(gettext(head), [gettext(one) for one in lines]) for head, lines in own]


class LookForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("The code of your slip"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Please type the code that was shown when you left the slip.")},
    )

    def clean_code(self) -> Any:
        """The slip; a code that was mistyped is told from one that is not known."""
        try:
            found = queries.slip_for(self.cleaned_data["code"])
        except ValueError:
            raise forms.ValidationError(_("A letter is missing or different. Compare it once more.")) from None
        if found is None:
            raise forms.ValidationError(_("This code is not known here."))
        return found


def look(request: HttpRequest) -> HttpResponse:
    """Received, somebody is taking care, closed: one of three, and nothing else, whatever becomes of it."""
    form = LookForm(request.POST if request.method == "POST" else None)
    state: State | None = None
    if form.is_bound and form.is_valid():
        state = queries.told(form.cleaned_data["code"], at(request))
    values = {"form": form, "state": gettext(STATES[state]) if state else "", "advice": _advice("")}
    return render(request, "client/slip_look.html", values, status=422 if form.errors else 200)
