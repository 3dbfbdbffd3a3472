"""The case room's place among Django's apps; it fills the sockets about a client's standing and its own sealed rows."""

from django.apps import AppConfig


class CaseConfig(AppConfig):
    """Label and start-up of this room."""

    name = "subrosa.records.case"
    label = "case"

    def ready(self) -> None:
        """A client acts with an account, or with the center's device handed over: this room knows both.

        And the ledger's check is told which rows stand as their last entry says.
        """
        from subrosa.policy.actor import Kind  # noqa: PLC0415  at start-up only
        from subrosa.records.audit import sockets  # noqa: PLC0415  at start-up only

        from . import handing  # noqa: PLC0415  models are not loaded before ready()

        sockets.standings[Kind.CLIENT] = handing.ClientStanding()
        sockets.finished |= {"case.Plan": "text", "case.Letter": "text"}
