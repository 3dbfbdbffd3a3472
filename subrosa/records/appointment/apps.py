"""The appointment room's place among Django's apps."""

from django.apps import AppConfig


class AppointmentConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.appointment"
    label = "appointment"

    def ready(self) -> None:
        """Tell the ledger's check which rows stay as they were sealed."""
        from subrosa.records.audit import sockets  # noqa: PLC0415  apps load before models

        sockets.finished["appointment.Sitting"] = "body"
