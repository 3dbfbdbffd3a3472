"""The notice room's place among Django's apps."""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.notice"
    label = "notice"
