"""The appointment room's place among Django's apps."""

from django.apps import AppConfig


class AppointmentConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.appointment"
    label = "appointment"
