"""200 sockets at once on a page that reads one row, against a real `subrosa up`: no error, few connections, always as many."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from subrosa.host.founding import APP
from subrosa.host.postgres import Cluster

from .measure import Line

SOCKETS = 200
PAGE = "/help/"  # its only statement finds the school by host name
MOST_CONNECTIONS = 2 * 8
OPENS_WITHIN = 180.0


@dataclass(slots=True)
class Answers:
    """What came back."""

    good: int = 0
    errors: int = 0


async def _one(port: int, until: float, answers: Answers) -> None:
    """One socket that asks again as soon as it is answered."""
    ask = f"GET {PAGE} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < until:
            writer.write(ask)
            head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)).decode("latin-1").lower()
            await asyncio.wait_for(_body(reader, head), 30)
            good = head.startswith("http/1.1 200")
            answers.good, answers.errors = answers.good + good, answers.errors + (not good)
        writer.close()
    except (TimeoutError, OSError, asyncio.IncompleteReadError, IndexError, ValueError):
        answers.errors += 1


async def _body(reader: asyncio.StreamReader, head: str) -> None:
    """Read a body to its end, whichever way its length is told."""
    if "transfer-encoding: chunked" not in head:
        await reader.readexactly(int(head.split("content-length:", 1)[1].split("\r\n", 1)[0]))
        return
    size = -1
    while size:
        size = int(await reader.readuntil(b"\r\n"), 16)
        await reader.readexactly(size + 2)


async def _all(port: int, seconds: float, answers: Answers) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(_one(port, until, answers) for _ in range(SOCKETS)))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def house(port: int) -> Iterator[Path]:
    """A real `subrosa up --demo` in a temporary folder, until the block ends."""
    above = Path(tempfile.mkdtemp(prefix="subrosa-bench-"))
    above.chmod(0o711)
    data = above / "data"
    argv = [sys.executable, "-m", "subrosa.cli", "up", "--demo", "--data", str(data), "--port", str(port)]
    env = {**os.environ, "SUBROSA_CHEAP_HASH": "tests"}
    for name in ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_CLOCK", "SUBROSA_DATA"):
        env.pop(name, None)
    with open(above / "log", "w+", encoding="utf-8") as log:
        running = subprocess.Popen(argv, env=env, stdout=log, stderr=log, start_new_session=True)
        try:
            _until_open(running, above / "log")
            yield data
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(30)
            shutil.rmtree(above, ignore_errors=True)


def _until_open(running: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + OPENS_WITHIN
    while "open http" not in log.read_text(encoding="utf-8"):
        if running.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError(f"the house did not open: {log.read_text(encoding='utf-8')}")
        time.sleep(0.2)


def _connections(data: Path) -> tuple[int, int]:
    """How many connections the web has, and how many there are in all besides this one."""
    with psycopg.connect(Cluster(data).urls.owner) as asking:
        row = asking.execute(
            "SELECT count(*) FILTER (WHERE usename = %s), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            [APP],
        ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def lines(*, seconds: float, pause: float) -> list[Line]:
    """Three bursts with two pauses between; connections are counted after each."""
    port, answers = free_port(), Answers()
    counts, most = [], 0
    begun = 0.0
    with house(port) as data:
        for burst in range(3):
            if burst:
                time.sleep(pause)
            before = time.monotonic()
            asyncio.run(_all(port, seconds, answers))
            begun += time.monotonic() - before
            web, every = _connections(data)
            counts.append(web)
            most = max(most, every)
    facts = {"answers": answers.good, "per_second": round(answers.good / begun), "page": PAGE, "pause_s": pause}
    spread = max(counts) - min(counts)
    return [
        Line(f"{SOCKETS} sockets: errors", answers.errors + (answers.good == 0), 0, "", facts),
        Line(f"{SOCKETS} sockets: database connections", most, MOST_CONNECTIONS, "", {"web": counts}),
        Line(f"{SOCKETS} sockets: connections more or fewer after two pauses", spread, 0, ""),
    ]
