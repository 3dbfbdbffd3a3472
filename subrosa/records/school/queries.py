"""Which schools there are."""

from __future__ import annotations

from .models import School

LOOPBACK = {"127.0.0.1", "[::1]"}


def school_for_host(host: str) -> School | None:
    """The school of a host name (its port does not matter); an installation with one school takes it for every host."""
    name = host.lower() if host.endswith("]") else host.rsplit(":", 1)[0].lower()
    if name in LOOPBACK:
        name = "localhost"
    named = School.objects.filter(host=name).first()
    if named is not None:
        return named
    first_two = list(School.objects.order_by("id")[:2])
    return first_two[0] if len(first_two) == 1 else None


def all_schools() -> list[School]:
    """Every school of this installation, in the order of founding."""
    return list(School.objects.order_by("id"))
