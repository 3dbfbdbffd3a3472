"""The ground's place among Django's apps; here the connection learns its school."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class SchoolConfig(AppConfig):
    """Tell each connection its school when it comes from the pool."""

    name = "subrosa.records.school"
    label = "school"

    def ready(self) -> None:
        """Connect the one signal that is needed (it fires at every checkout from the pool)."""
        from .context import tell_connection  # noqa: PLC0415  models are not loaded before ready()

        connection_created.connect(tell_connection, dispatch_uid="subrosa.school")
