"""The archive room's place among Django's apps."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.archive"
    label = "archive"
