"""The person room's place among Django's apps; it fills the socket that says what standing an actor has."""

from django.apps import AppConfig


class PersonConfig(AppConfig):
    """Label and start-up of this room."""

    name = "subrosa.records.person"
    label = "person"

    def ready(self) -> None:
        """Say to the kernel of acts who staff and clients are."""
        from subrosa.policy.actor import Kind  # noqa: PLC0415  at start-up only
        from subrosa.records.audit import sockets  # noqa: PLC0415  at start-up only

        from . import queries  # noqa: PLC0415  models are not loaded before ready()

        sockets.standings[Kind.STAFF] = queries.StaffStanding()
        sockets.standings[Kind.CLIENT] = queries.ClientStanding()
