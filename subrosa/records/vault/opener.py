"""The unlocked keys of one request: made from the session's private halves, gone when the request ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn
from uuid import UUID

from subrosa.crypto.secret import Secret as Secret
from subrosa.crypto.wrapping import Unwrapper
from subrosa.policy.actor import Actor
from subrosa.policy.ruling import Boundary

HALF = 33  # bytes of one private half, FORMAT.md


@dataclass(slots=True)
class Opener:
    """Private halves of one person (or team) and what they opened (or fetched with it, still closed) in this request."""

    keypair: UUID
    seal: Secret
    sign: Secret
    rings: dict[tuple[str, UUID], Any] = field(default_factory=dict)
    fetched: dict[tuple[str, UUID], list[tuple[Any, ...]]] = field(default_factory=dict)
    _unwrapper: Unwrapper | None = None

    def unwrapper(self) -> Unwrapper:
        """The sealing half, made ready once for this request."""
        if self._unwrapper is None:
            self._unwrapper = Unwrapper(self.seal)
        return self._unwrapper

    def forget(self) -> None:
        """Be as at the beginning of a request: nothing opened yet."""
        self.rings.clear()
        self.fetched.clear()
        self._unwrapper = None

    def __repr__(self) -> str:
        return "…"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an opener is never pickled")


def bundle(seal: Secret, sign: Secret) -> Secret:
    """Both private halves as one secret of 66 bytes."""
    return Secret(seal.bytes() + sign.bytes())


def opener(keypair: UUID, both: Secret) -> Opener:
    """The opener of a bundle."""
    held = both.bytes()
    return Opener(keypair, Secret(held[:HALF]), Secret(held[HALF:]))


def opener_of(by: Actor) -> Opener:
    """The actor's unlocked keys. Without them nothing opens: the page says so before, the vault says so at last."""
    if not isinstance(by.opener, Opener):
        raise Boundary("CONF-04", "only_an_unlocked_session_opens")
    return by.opener
