"""The reception desk's place among Django's apps (for its templates)."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """Label of this desk."""

    name = "subrosa.desks.reception"
    label = "desk_reception"
