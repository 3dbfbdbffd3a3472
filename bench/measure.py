"""Timing two things in turn, so that whatever the machine does meanwhile meets both; medians, and the facts beside them."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, connections
from django.db.utils import load_backend
from django.test.utils import CaptureQueriesContext
from psycopg.conninfo import conninfo_to_dict


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, its value, the limit, and whether it is kept."""

    name: str
    value: float
    limit: float
    unit: str = "×"
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether the value stays within the limit."""
        return self.value <= self.limit

    def as_object(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "kept": self.kept}


def in_turn(one: Callable[[int], object], other: Callable[[int], object], *, times: int) -> tuple[float, float]:
    """The median seconds of two calls, each called `times` times with its number, one after the other."""
    spans: tuple[list[float], list[float]] = ([], [])
    for number in range(times):
        for call, into in zip((one, other), spans, strict=True):
            begun = time.perf_counter()
            call(number)
            into.append(time.perf_counter() - begun)
    return statistics.median(spans[0]), statistics.median(spans[1])


def settled() -> None:
    """Statistics as a house that has run for a minute has them: the server gathers them by itself, only later."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def statements(call: Callable[[], object]) -> int:
    """How many statements a call sends as the app role, BEGIN and COMMIT among them."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def ratio(name: str, whole: float, bare: float, limit: float, **facts: Any) -> Line:
    """A ratio of two medians with both of them, in milliseconds, as facts."""
    milliseconds = {"ms": round(whole * 1000, 3), "bare_ms": round(bare * 1000, 3)}
    return Line(name, round(whole / bare, 2), limit, "×", {**milliseconds, **facts})


@contextmanager
def as_clock() -> Iterator[None]:
    """Inside the block the default connection is the clock's, as in its own process."""
    serving, given = connections["default"], conninfo_to_dict(os.environ["DATABASE_URL_CLOCK"])
    options = {name: value for name, value in serving.settings_dict["OPTIONS"].items() if name != "pool"}
    settings = {**serving.settings_dict, "USER": given["user"], "PASSWORD": given["password"], "OPTIONS": options}
    clock = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = clock
    try:
        yield
    finally:
        clock.close()
        connections["default"] = serving


def machine() -> dict[str, Any]:
    """What a reader needs to know of the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('synchronous_commit')")
        server, commit = cursor.fetchone()
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "postgresql": server,
        "synchronous_commit": commit,
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as facts:
            named = (line.split(":", 1)[1].strip() for line in facts if line.startswith("model name"))
            return next(named, platform.machine())
    except OSError:
        return platform.machine()
