"""Addresses of the leadership's desk."""

from django.urls import path

from . import overview

urlpatterns = [path("leadership/", overview.leadership, name="leadership")]
