"""The leadership desk's place among Django's apps (for its templates)."""

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    """Label of this desk."""

    name = "subrosa.desks.leadership"
    label = "desk_leadership"
