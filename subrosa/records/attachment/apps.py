"""The attachment room's place among Django's apps."""

from django.apps import AppConfig


class AttachmentConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.attachment"
    label = "attachment"

    def ready(self) -> None:
        """Tell the ledger's check which rows stay as they were sealed."""
        from subrosa.records.audit import sockets  # noqa: PLC0415  apps load before models

        sockets.finished["attachment.Attachment"] = "about"
