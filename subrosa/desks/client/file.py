"""The own file from outside: the words one wrote oneself, and who opened what when. Each look is an entry."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from subrosa.desks.common.requests import Visit, audience
from subrosa.desks.common.sealed import asked_for
from subrosa.policy.roles import Role
from subrosa.records.appointment.queries import of_case
from subrosa.records.appointment.words import unsaid_of
from subrosa.records.case.actions import read_own_log
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.queries import cases_of_client
from subrosa.records.note.actions import read_reasons
from subrosa.records.vault.opener import opener_of

from .circle import circle
from .keeping import kept_how
from .plain import entries


@require_safe
@asked_for
@audience(Role.CLIENT, unlocked=True)
def words(there: Visit) -> HttpResponse:
    """What I wrote beforehand, opened with the own key; cases that the own key does not open are not asked."""
    told = []
    for case in cases_of_client(there.by.id):
        if not holds_shared(there.by, case):
            continue
        opened = read_reasons(by=there.by, at=there.at, case=case)
        after = unsaid_of(opener_of(there.by), case.pk)
        rows = [row for row in of_case(case.pk) if row.pk in opened or row.pk in after]
        told += [(row, opened.get(row.pk, ""), after.get(row.pk, "")) for row in rows]
    told.sort(key=lambda one: one[0].booked_at, reverse=True)
    return render(there.request, "client/words.html", {"told": told})


@require_safe
@asked_for
@audience(Role.CLIENT)
def log(there: Visit) -> HttpResponse:
    """Who can open my file, and who did."""
    cases = cases_of_client(there.by.id)
    rows = [row for case in cases for row in read_own_log(by=there.by, at=there.at, case=case)]
    shown = entries(sorted(rows, key=lambda row: row.at, reverse=True), there.by.id)
    current = next((case for case in cases if case.state == "open"), cases[0] if cases else None)
    values = {
        "entries": shown,
        "opened": sum(one.times for one in shown if one.opening and not one.refused),
        **circle(there.by.id, cases, current),
        "kept_how": kept_how(current) if current else "",
    }
    return render(there.request, "client/file.html", values)
