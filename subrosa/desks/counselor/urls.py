"""Addresses of the counselor's desk."""

from django.urls import path

from . import desk

urlpatterns = [path("desk/", desk.desk, name="desk")]
