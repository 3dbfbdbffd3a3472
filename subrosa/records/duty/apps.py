"""The duty room's place among Django's apps; it fills the socket that opens duties."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """Label and start-up of this room."""

    name = "subrosa.records.duty"
    label = "duty"

    def ready(self) -> None:
        """Open what a permit carries, in the act's own transaction."""
        from subrosa.records.audit import sockets  # noqa: PLC0415  at start-up only

        from .book import open_duty  # noqa: PLC0415  models are not loaded before ready()

        if open_duty not in sockets.duty_openers:
            sockets.duty_openers.append(open_duty)
