"""The first page: everybody's own desk, or the door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from subrosa.policy.roles import Role

from .requests import visit

FIRST = (  # the first that fits
    (Role.CLIENT, "mine"),
    (Role.COUNSELOR, "desk"),
    (Role.LEAD, "lead"),
    (Role.RECEPTION, "reception"),
    (Role.LEADERSHIP, "leadership"),
    (Role.STEWARD, "steward"),
    (Role.CUSTODIAN, "destruction"),
)


def home(request: HttpRequest) -> HttpResponse:
    """Send who is signed in to the own desk; show three entrances to everybody else."""
    there = visit(request)
    if there is not None:
        for role, route in FIRST:
            if role in there.roles:
                return redirect(route)
        return redirect("standing")
    return render(request, "common/home.html")
