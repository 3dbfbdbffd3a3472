"""200 clients, signed in beforehand, race for 50 openings over http against a real `subrosa up`: each is booked once."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from subrosa.host.postgres import Cluster

from .measure import Line
from .racers import OPENINGS, RACERS
from .sockets import MOST_CONNECTIONS, _body, _connections, free_port, house

BOOKED, TAKEN = {302}, {403, 409}
PATIENCE = 120.0
COUNTED = """SELECT count(*), count(DISTINCT (b.staff_id, b.starts_at)), count(DISTINCT b.client_id)
             FROM appointment_booking b JOIN appointment_room r ON r.id = b.room_id
             WHERE r.name = 'Race' AND b.state = 'booked'"""


def _prepared(data: Path) -> dict[str, Any]:
    """Who races and for what, made by a process that reads this house's database."""
    env = {**os.environ, "SUBROSA_CHEAP_HASH": "tests"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.racers", str(data)], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


async def _press(port: int, cookie: str, slot: str, gate: asyncio.Event, waiting: list[int]) -> int:
    """One client on an own connection: the form as the page sends it, all at the same moment. Answers the status."""
    token = secrets.token_hex(16)
    form = urlencode({"csrfmiddlewaretoken": token, "slot": slot, "hard": "1", "reason": ""}).encode()
    head = (
        f"POST /talk/ HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: vault_key={cookie}; csrftoken={token}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\nConnection: close\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waiting.append(1)
    await gate.wait()
    writer.write(head.encode() + form)
    answer = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode("latin-1").lower()
    status = int(answer.split(" ", 2)[1])
    if status not in BOOKED:
        await asyncio.wait_for(_body(reader, answer), PATIENCE)
    writer.close()
    return status


async def _race(port: int, cookies: list[str], slots: list[str]) -> tuple[Counter[Any], float]:
    gate, waiting = asyncio.Event(), list[int]()
    racing = [
        asyncio.create_task(_press(port, cookie, slots[place % len(slots)], gate, waiting))
        for place, cookie in enumerate(cookies)
    ]
    while len(waiting) < len(cookies):
        await asyncio.sleep(0.01)
    begun = time.monotonic()
    gate.set()
    answers = await asyncio.gather(*racing, return_exceptions=True)
    spent = time.monotonic() - begun
    return Counter(one if isinstance(one, int) else type(one).__name__ for one in answers), spent


def _counted(data: Path) -> tuple[int, int, int]:
    with psycopg.connect(Cluster(data).urls.owner) as asking:
        row = asking.execute(COUNTED).fetchone()
    assert row is not None
    return int(row[0]), int(row[1]), int(row[2])


def lines() -> list[Line]:
    """Four for each opening, all at once."""
    port = free_port()
    with house(port) as data:
        ready = _prepared(data)
        answers, spent = asyncio.run(_race(port, ready["cookies"], ready["slots"]))
        made, apart, whose = _counted(data)
        _web, every = _connections(data)
    good = sum(count for status, count in answers.items() if status in BOOKED)
    clear = sum(count for status, count in answers.items() if status in TAKEN)
    facts = {
        "answers": {str(status): count for status, count in answers.items()},
        "bookings_per_second": round(made / spent, 1),
        "answers_per_second": round(RACERS / spent, 1),
        "seconds": round(spent, 2),
    }
    name = f"{RACERS} clients race for {OPENINGS} openings"
    return [
        Line(
            f"{name}: openings not booked, or booked and not said",
            abs(OPENINGS - made) + abs(made - good),
            0,
            "",
            facts,
        ),
        Line(f"{name}: booked twice", (made - apart) + (made - whose), 0, ""),
        Line(f"{name}: answers that are neither held nor taken", RACERS - good - clear, 0, ""),
        Line(f"{name}: database connections", every, MOST_CONNECTIONS, ""),
    ]
