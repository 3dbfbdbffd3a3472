"""The log of all acts: its newest signed checkpoint to print, how to check it, and an incident until it is explained."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.rulings import margin, shown, status_of
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.archive import keeping
from subrosa.records.audit import reading, witness
from subrosa.records.audit.queries import entry_count

from .tabs import tabs

HOW = {
    "restored": _("The data was restored from a backup; the restore is known"),
    "machine": _("The machine was at fault; it was checked and repaired"),
    "outside": _("It cannot be explained from inside; somebody outside looks into it"),
}


@audience(Role.LEAD, Role.CUSTODIAN, Role.STEWARD)
def ledger(there: Visit) -> HttpResponse:
    """The page itself; it opens nothing."""
    return _page(there)


def _page(there: Visit, ruling: Ruling | None = None) -> HttpResponse:
    newest = reading.latest()
    values = {
        "ruling": shown(ruling) if ruling else None,
        "newest": newest,
        "verifier": witness.verifier_line() if newest else "",
        "entries": entry_count(),
        "command": "subrosa ledger verify --against FILE",
        "incident": keeping.open_since(),
        "restorations": keeping.restorations(),
        "explains": bool(keeping.KEEPERS & there.roles),
        "how": [(key, HOW[key]) for key in keeping.EXPLANATIONS],
        "tabs": tabs(there, "ledger"),
        "margin": margin("CONF-04", "CONF-07"),
        "once": uuid.uuid4(),
    }
    return render(there.request, "lead/ledger.html", values, status=status_of(ruling))


@require_POST
@audience(Role.LEAD, Role.CUSTODIAN)
def explain(there: Visit) -> HttpResponse:
    """Say what it was."""
    try:
        keeping.explain(by=there.by, at=there.at, how=there.request.POST.get("how", ""), once=there.once)
    except Refused as refused:
        return _page(there, refused.ruling)
    return redirect("ledger")
