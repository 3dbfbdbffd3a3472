"""The published code: every clause, its sources, and how far the program keeps it."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.policy import register

from .rulings import clause_shown

CHAPTERS = {
    "ETH": _("Ethics"),
    "COMP": _("Competence"),
    "CON": _("Agreement"),
    "CONF": _("Secrecy"),
    "EXC": _("Exceptions to secrecy"),
    "APPT": _("Time and place"),
    "REC": _("Records"),
    "TEST": _("Tests"),
    "RISK": _("Danger"),
    "REF": _("Referral"),
    "REL": _("The relationship"),
    "GRP": _("Groups"),
    "DEID": _("Cases in teaching"),
    "EDU": _("The school"),
    "MGMT": _("The center"),
    "CLIENT": _("Whoever comes"),
}


def code(request: HttpRequest) -> HttpResponse:
    """The whole code on one page, chapter by chapter."""
    entries = register.clauses()
    chapters = [
        {"id": key, "title": gettext(CHAPTERS[key]), "clauses": [clause_shown(entry.id) for entry in group]}
        for key, group in groupby(entries, key=lambda entry: entry.id.partition("-")[0])
    ]
    whole = sum(entry.state == "whole" for entry in entries)
    part = sum(entry.state == "part" for entry in entries)
    values = {"chapters": chapters, "whole": whole, "part": part, "all": len(entries)}
    return render(request, "common/code.html", values)
