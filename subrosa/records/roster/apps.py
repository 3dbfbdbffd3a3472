"""The roster room's place among Django's apps."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.roster"
    label = "roster"
