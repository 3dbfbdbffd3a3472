"""A holder for bytes that must not slip into a log, a traceback, a session or a pickle."""

import hmac
import secrets
from typing import NoReturn

type_bytes = bytes  # inside the class `bytes` is the method


class Secret:
    """Bytes that show themselves as "…" and are given out only by `.bytes()`.

    Immutable, not hashable, not picklable, not copyable; compared in constant time (for equal lengths).
    Python cannot wipe memory: what this protects from is the accident, not the debugger.
    """

    __slots__ = ("_held",)
    __hash__ = None  # type: ignore[assignment]  # a hash would be an equality oracle; mypy expects a method here

    def __init__(self, held: type_bytes) -> None:
        """Hold a copy of `held`. TypeError when it is not bytes (a str key would be a defect)."""
        if not isinstance(held, type_bytes):
            raise TypeError("a secret is made of bytes")
        object.__setattr__(self, "_held", held)

    @classmethod
    def random(cls, n: int = 32) -> "Secret":
        """`n` bytes (default 32) from the operating system's generator."""
        return cls(secrets.token_bytes(n))

    def bytes(self) -> type_bytes:
        """The bytes themselves. Whoever calls this answers for where they go."""
        held: type_bytes = object.__getattribute__(self, "_held")
        return held

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a secret does not change")

    def __repr__(self) -> str:
        return "…"

    def __format__(self, spec: str) -> str:
        return "…"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.bytes(), other.bytes())

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is never pickled or copied")
