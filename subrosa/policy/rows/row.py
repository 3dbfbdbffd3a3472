"""One line of the charter, and the groups of people that several lines name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..clauses.base import Clause
from ..roles import Role


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the charter: who may act, the clause that says so, the rules, and clauses kept by the act itself."""

    who: frozenset[Role]
    under: str
    rules: tuple[Clause[Any], ...] = ()
    keeps: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause this act relies on, each once."""
        return tuple(dict.fromkeys((self.under, *(rule.id for rule in self.rules), *self.keeps)))


def only(*roles: Role) -> frozenset[Role]:
    """These roles and no other."""
    return frozenset(roles)


AT_THE_DESK = only(Role.COUNSELOR, Role.RECEPTION)
ASKED_BY_CALLERS = AT_THE_DESK | only(Role.LEAD)
