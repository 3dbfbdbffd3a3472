"""The common desk's place among Django's apps (for its templates)."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Label of this desk."""

    name = "subrosa.desks.common"
    label = "desk_common"
