"""Sockets that rooms further up fill at start-up: what standing an actor has, who opens duties, what stays as it was sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import models

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Owed


class Standing(Protocol):
    """Says which roles an actor has now."""

    def ask(self, actor: Actor, *, lock: bool) -> None:
        """Send the question: its answer is on the way when `roles` wants it."""

    def roles(self, actor: Actor, *, lock: bool) -> frozenset[Role]:
        """Lock the actor's own row FOR SHARE where `lock`; an actor without a row has no role."""


_BY_KIND = {Kind.CLOCK: frozenset({Role.CLOCK}), Kind.DOOR: frozenset({Role.DOOR})}


class DutyOpener(Protocol):
    """Opens one duty in the act's own transaction."""

    def __call__(self, *, owed: Owed, about: models.Model | None, actor: UUID, at: datetime) -> None:
        """Open what is owed about one object."""


standings: dict[Kind, Standing] = {}
duty_openers: list[DutyOpener] = []
finished: dict[str, str] = {}  # model label -> its sealed field whose SHA-256 the last entry about a row names


def roles_of(actor: Actor, *, lock: bool) -> frozenset[Role]:
    """The roles of an actor now; the clock and the door have one each and no row."""
    fixed = _BY_KIND.get(actor.kind)
    return fixed if fixed is not None else standings[actor.kind].roles(actor, lock=lock)


def ask_roles(actor: Actor, *, lock: bool) -> None:
    """Send the question that `roles_of` will read."""
    if actor.kind not in _BY_KIND:
        standings[actor.kind].ask(actor, lock=lock)
