"""How the database knows links and sign-in names without having them."""

from __future__ import annotations

from subrosa.records.vault import server


def link_mark(token: str) -> bytes:
    """How the database knows a one-time link without having it."""
    return server.marked("link", token)


def sign_in_mark(name: str) -> bytes:
    """How the database knows a colleague's sign-in name: case and spaces do not matter."""
    return server.marked("sign-in", "".join(name.casefold().split()))


def try_mark(locator: str) -> bytes:
    """How tries of one return code are counted without saying which code."""
    return server.marked("return code", locator)
