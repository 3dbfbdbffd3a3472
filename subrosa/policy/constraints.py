"""What the database itself refuses, by constraint name, and the clause it keeps by doing so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .ruling import Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """The clause and rule that a constraint keeps, and what breaking it means."""

    clause: str
    rule: str
    outcome: Outcome = Outcome.REFUSED


CONSTRAINTS: Mapping[str, Kept] = MappingProxyType(
    {
        "standing_signature_once": Kept("ETH-01", "a_version_is_signed_once"),
    }
)
