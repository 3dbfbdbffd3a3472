"""Addresses of the lead's desk."""

from django.urls import path

from . import center, colleagues, versions

urlpatterns = [
    path("center/", center.lead, name="lead"),
    path("center/versions/", versions.versions, name="versions"),
    path("center/colleagues/", colleagues.colleagues, name="colleagues"),
    path("center/colleagues/<uuid:key>/certify/", colleagues.certify, name="certify"),
]
