"""The four classes of field. A plain field is named in its model's `plain`; the others are these types: binary, no index."""

from __future__ import annotations

from typing import Any

from django.db import models


class _ClosedField(models.BinaryField):  # type: ignore[type-arg]  # django-stubs: bytes in, bytes out
    """A binary field with a fixed number in FORMAT.md (never reused) and a class of key that opens it."""

    secrecy = ""

    def __init__(self, *, number: int, **options: Any) -> None:
        self.number = number
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Carry the number through migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "number": self.number}

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        """Bytes, not a memoryview."""
        return None if value is None else bytes(value)


class PersonalField(_ClosedField):
    """Opened with the server key: what the school knows anyway, contact data."""

    secrecy = "personal"


class DeskField(_ClosedField):
    """Opened with the desk key: who a client is."""

    secrecy = "desk"


class SealedField(_ClosedField):
    """Opened with a case's root or scope key, or with a person's own key: what was said."""

    secrecy = "sealed"
