"""`subrosa dump-plain`: everything that a copy of the database together with the server key shows, as text.

Whoever wonders what the school's own administrator (or a thief with both) can read looks here instead of believing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from subrosa.host.errors import CannotRun

from .place import house, the_schools

CHUNK = 500  # rows in memory at once
WITHOUT = "nothing but its size shows"


def main(*, data: str | None, school: str | None, as_json: bool) -> int:
    """Print it; answers 0, or 2 when there is no house to look at."""
    try:
        with house(data, role="owner"):
            from subrosa.records.school import context  # noqa: PLC0415  models exist only now

            for one in the_schools(school):
                with context.on(one):
                    for line in lines(as_json=as_json):
                        print(line)
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    return 0


def lines(*, as_json: bool = False) -> Iterator[str]:
    """One line a row of the school in force: its table, and each column as whoever holds both can read it."""
    for table, row in rows():
        if as_json:
            yield json.dumps({"table": table, **row}, ensure_ascii=False)
        else:
            yield f"{table}: " + ", ".join(f"{name}={value}" for name, value in row.items()).replace("\n", "\\n")


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of the school in force, table by table, read as the owner of the database."""
    from django.apps import apps  # noqa: PLC0415  models exist only now

    from subrosa.records.school.context import current_school  # noqa: PLC0415  as above

    for model in apps.get_models():
        if any(field.attname == "school_id" for field in model._meta.concrete_fields):
            every = model._default_manager.using("owner").filter(school_id=current_school()).order_by("pk")
            for row in every.iterator(chunk_size=CHUNK):
                yield model._meta.db_table, _read(row)


def _read(row: Any) -> dict[str, Any]:
    from subrosa.records.school.fields import DeskField, PersonalField, SealedField  # noqa: PLC0415  as above
    from subrosa.records.vault.server import open_personal  # noqa: PLC0415  as above

    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value is not None and isinstance(field, PersonalField):
            value = str(open_personal(row, field.attname))
        elif value is not None and isinstance(field, (DeskField, SealedField)):
            value = f"[{field.secrecy}: {len(value)} bytes; {WITHOUT}]"
        found[field.attname] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, (UUID, datetime, date, time)):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value
