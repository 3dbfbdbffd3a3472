"""The steward desk's place among Django's apps (for its templates)."""

from django.apps import AppConfig


class StewardConfig(AppConfig):
    """Label of this desk."""

    name = "subrosa.desks.steward"
    label = "desk_steward"
