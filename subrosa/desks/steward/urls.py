"""Addresses of the steward's desk."""

from django.urls import path

from . import machine

urlpatterns = [path("machine/", machine.steward, name="steward")]
