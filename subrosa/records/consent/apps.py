"""The consent room's place among Django's apps."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.consent"
    label = "consent"
