"""How what you say is kept: SECURITY.md in the words of somebody of thirteen, for everybody, signed in or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from subrosa.desks.common.handed import in_hand
from subrosa.desks.common.requests import who
from subrosa.policy.actor import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who or what, and what comes of it."""

    key: str
    what: str
    then: str


OPENS: Final = (
    Line(
        "words",
        _("What you say and write"),
        _(
            "Your counselor, and nobody more without standing on your page. Letters, goals and your own words: you too. "
            "Before the first meeting also whoever is on duty."
        ),
    ),
    Line(
        "coming",
        _("That you come at all"),
        _("The counselors and the desk. No teacher, no parent, no leader of the school."),
    ),
)
# One line for each row of the table in SECURITY.md, in its order; a test compares the two.
GETS: Final = (
    Line("backup", _("finds an old safety copy"), _("No name and no word: nothing in it opens, whatever is tried.")),
    Line("dump", _("copies everything that is stored"), _("Numbers, times and rooms. No name, no word of yours.")),
    Line(
        "machine",
        _("runs the machines, or steals one"),
        _(
            "Also who is at this school and who works here. Not who comes, no word. They can guess at passphrases, "
            "slowly: a long one is your best lock."
        ),
    ),
    Line("cookie", _("takes what your browser keeps"), _("Nothing, with that alone.")),
    Line(
        "cookie_and_dump",
        _("takes that, and a copy of the same days"),
        _("What you can open yourself. Sign out where others sit down after you."),
    ),
    Line("digits", _("finds your sixteen digits"), _("That one appointment or letter, and what was written for it.")),
    Line(
        "writes",
        _("can change what is stored"),
        _("Can delete, hide or make things up. A check against a copy kept elsewhere finds it. Cannot read a word."),
    ),
    Line("reception", _("works at the desk"), _("Who comes, when and to whom. No word.")),
    Line(
        "counselor",
        _("is another counselor here"),
        _("Who comes, and what still waits for whoever is on duty. Not your file."),
    ),
    Line(
        "leaders",
        _("leads the center or the school, or looks after the machines"),
        _("Figures, duties, machines. No file; the school's leaders and the machine's keepers not even a name."),
    ),
    Line(
        "sheets",
        _("holds two of the three printed sheets"),
        _("Here in the program: one file, for one named counselor, and it is written down."),
    ),
    Line(
        "root",
        _("takes over the running machine"),
        _("From then on whatever people type, and what those people can open. We cannot prevent that."),
    ),
)
GONE: Final = (
    Line(
        "gone",
        _("If your counselor is gone"),
        _(
            "Two of three printed sheets give your file to one counselor by name. You read the name first; "
            "only danger does not wait, and what you were told already."
        ),
    ),
    Line(
        "passphrase",
        _("A passphrase you forgot"),
        _(
            "Nobody can look it up. Your counselor sees you and hands you a new key; what only you could open stays shut."
        ),
    ),
    Line(
        "destroyed", _("A file whose time is over"), _("Once two people have destroyed it, we cannot read it either.")
    ),
    Line("told", _("A word that was passed on"), _("With your yes or in danger: once said, it cannot be unsaid.")),
)
RISKS: Final = (
    _("Whoever stands in the corridor sees you come. Whoever has your open phone sees what you see."),
    _("Whoever takes over the running machine sees what is typed from then on."),
)
MORE_RISKS: Final = (
    _("Two of the three printed sheets in the wrong hands, outside the program, open every file."),
    _("Your list shows what the program wrote down. A program that somebody changed could leave lines out."),
    _("A passphrase is the only lock: there is no second one yet."),
    _("Who guesses at the sixteen digits has five tries an hour; whoever copied everything has more."),
)


def _lines(lines: tuple[Line, ...]) -> list[Line]:
    return [Line(one.key, gettext(one.what), gettext(one.then)) for one in lines]


def _back(request: HttpRequest) -> tuple[str, str]:
    """Where somebody came from: a device that was handed over, the own things, or the front page."""
    found = who(request)
    if in_hand(request) is not None:
        return reverse("here"), gettext("Back")
    if found is not None and found.actor.kind is Kind.CLIENT:
        return reverse("mine"), gettext("To my things")
    return reverse("home"), gettext("Back")


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """The page itself; it opens nothing and asks for nobody."""
    url, label = _back(request)
    values = {
        "opens": _lines(OPENS),
        "gets": _lines(GETS),
        "gone": _lines(GONE),
        "risks": [gettext(one) for one in RISKS],
        "more_risks": [gettext(one) for one in MORE_RISKS],
        "back_url": url,
        "back_label": label,
    }
    return render(request, "client/kept.html", values)
