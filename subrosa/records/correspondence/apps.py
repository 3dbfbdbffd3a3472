"""The correspondence room's place among Django's apps."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.correspondence"
    label = "correspondence"
