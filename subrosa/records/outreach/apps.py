"""The outreach room's place among Django's apps."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.outreach"
    label = "outreach"
