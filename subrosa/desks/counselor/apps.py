"""The counselor desk's place among Django's apps (for its templates)."""

from django.apps import AppConfig


class CounselorConfig(AppConfig):
    """Label of this desk."""

    name = "subrosa.desks.counselor"
    label = "desk_counselor"
