"""A forbidden contract that binds each room from the day it appears, and says nothing about rooms still to be built."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.forbidden import ForbiddenContract


class WhereThere(ForbiddenContract):
    """`forbidden`, with the modules that do not exist yet left out; indirect imports count."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Check what exists."""
        for side in ("source_modules", "forbidden_modules"):
            setattr(self, side, {one for one in getattr(self, side) if self._there(one, graph)})
        return super().check(graph, verbose)

    def _there(self, expression: Any, graph: ImportGraph) -> bool:
        name = expression.expression
        return not name.startswith("subrosa.") or name in graph.modules
