"""Addresses of the lead's desk."""

from django.urls import path

from . import (
    agreement,
    center,
    colleagues,
    destruction,
    found,
    founding,
    inquiries,
    numbers,
    principal,
    roster,
    teams,
    versions,
)

urlpatterns = [
    path("found/<str:token>/", found.found, name="found"),
    path("center/", center.lead, name="lead"),
    path("center/founding/", founding.founding, name="founding"),
    path("center/founding/seats/<int:number>/", founding.seat, name="seat"),
    path("center/founding/seal/", founding.seal, name="seal"),
    path("center/founding/outside/", founding.outside, name="outside"),
    path("center/principal/", principal.principal, name="principal"),
    path("center/agreement/", agreement.agreement, name="center_agreement"),
    path("center/teams/", teams.teams, name="teams"),
    path("center/versions/", versions.versions, name="versions"),
    path("center/colleagues/", colleagues.colleagues, name="colleagues"),
    path("center/colleagues/<uuid:key>/certify/", colleagues.certify, name="certify"),
    path("center/inquiries/", inquiries.inquiries, name="inquiries"),
    path("center/roster/", roster.roster, name="roster"),
    path("center/roster/confirm/", roster.confirm, name="confirm_roster"),
    path("center/destruction/", destruction.destruction, name="destruction"),
    path("center/destruction/<uuid:key>/confirm/", destruction.confirm_destruction, name="confirm_destruction"),
    path("center/destruction/<uuid:key>/destroy/", destruction.destroy, name="destroy"),
    path("center/numbers/", numbers.numbers, name="numbers"),
    path("center/numbers/duty/", numbers.on_duty, name="set_on_duty"),
    path("center/numbers/area/", numbers.area, name="number_area"),
    path("center/numbers/add/", numbers.add_number, name="add_number"),
    path("center/numbers/<slug:key>/", numbers.number, name="number"),
    path("center/numbers/<slug:key>/tested/", numbers.tested, name="tested_number"),
]
