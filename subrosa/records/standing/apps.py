"""The standing room's place among Django's apps."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """Label and start-up of this room."""

    name = "subrosa.records.standing"
    label = "standing"
