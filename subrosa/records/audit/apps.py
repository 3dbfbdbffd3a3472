"""The audit room's place among Django's apps."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Entries and the kernel of acts."""

    name = "subrosa.records.audit"
    label = "audit"
