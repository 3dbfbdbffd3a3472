"""The helpline room's place among Django's apps."""

from django.apps import AppConfig


class HelplineConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.helpline"
    label = "helpline"
