"""The merging room's place among Django's apps."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.merging"
    label = "merging"
