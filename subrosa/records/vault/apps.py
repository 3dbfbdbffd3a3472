"""The vault room's place among Django's apps."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Label and start-up of this room."""

    name = "subrosa.records.vault"
    label = "vault"
