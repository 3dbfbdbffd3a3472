"""The consent room's place among Django's apps."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Label of this room."""

    name = "subrosa.records.consent"
    label = "consent"

    def ready(self) -> None:
        """Tell the ledger's check which rows stand as their last entry says."""
        from subrosa.records.audit import sockets  # noqa: PLC0415  apps load before models

        sockets.finished |= {
            "consent.Understanding": "points",
            "consent.GuardianTalk": "came",
            "consent.SecondWord": "said",
        }
