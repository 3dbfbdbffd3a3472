"""Which kinds of rows have a life: every `states.py` of the records. Needs no settings: the documents are made from it."""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType

from subrosa import records


def lives() -> Iterator[tuple[str, ModuleType]]:
    """Every `states.py` of the records: the room's name and the module."""
    for room in sorted(found.name for found in pkgutil.iter_modules(records.__path__) if found.ispkg):
        name = f"{records.__name__}.{room}.states"
        if importlib.util.find_spec(name) is not None:
            yield room, importlib.import_module(name)


def leaves(module: ModuleType, state: StrEnum) -> bool:
    """Whether any act leads on from here; where none does, it is an end."""
    return any(before == state for before, _act in module.TRANSITIONS)
