"""The standing room's place among Django's apps; its counted time moves with the school's calendar."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """Label and start-up of this room."""

    name = "subrosa.records.standing"
    label = "standing"

    def ready(self) -> None:
        """Move the day of signing in the act that changes the calendar."""
        from subrosa.records.duty import moving  # noqa: PLC0415  models are not loaded before ready()

        from .moving import move_sign_until  # noqa: PLC0415  as above

        if move_sign_until not in moving.movers:
            moving.movers.append(move_sign_until)
