"""The client desk's place among Django's apps (for its templates)."""

from django.apps import AppConfig


class ClientConfig(AppConfig):
    """Label of this desk."""

    name = "subrosa.desks.client"
    label = "desk_client"
