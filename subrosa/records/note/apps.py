"""The note room's place among Django's apps."""

from django.apps import AppConfig


class NoteConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.note"
    label = "note"
