"""The case room's place among Django's apps."""

from django.apps import AppConfig


class CaseConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.case"
    label = "case"
