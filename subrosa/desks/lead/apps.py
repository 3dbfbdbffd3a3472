"""The lead desk's place among Django's apps (for its templates)."""

from django.apps import AppConfig


class LeadConfig(AppConfig):
    """Label of this desk."""

    name = "subrosa.desks.lead"
    label = "desk_lead"
