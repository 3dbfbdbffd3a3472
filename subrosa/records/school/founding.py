"""A school row is made by the owner role, at the command line: no page and no act can add a school."""

from __future__ import annotations

from .models import School


def add_school(*, host: str, kind: str, name_zh: str, name_en: str, demo: bool = False) -> School:
    """One more school of this installation. Raises IntegrityError where the host name is taken."""
    row = School(host=host, kind=kind, name_zh=name_zh, name_en=name_en, demo=demo)
    row.save(using="owner", force_insert=True)
    return School.objects.get(pk=row.pk)
