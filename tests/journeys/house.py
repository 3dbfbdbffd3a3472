"""One real `subrosa up --demo` in a folder of its own: started, read, asked through its database, and stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from subrosa.host.postgres import the_server

ROOT = Path(__file__).resolve().parents[2]
TRAMPOLINE = ROOT / "subrosa" / "host" / "trampoline.py"  # ends the house when whoever started it is killed
EVENING = 20  # o'clock: no hour that the demonstration offers
OPENS_WITHIN = 120.0
ENDS_WITHIN = 30.0
LINK = re.compile(r"one-time link: (\S+)")
SIGN_IN = re.compile(r"([a-z][\w-]*) \(([a-z/]+)\)")
QUOTED = re.compile(r'passphrase "([^"]+)"')
STUDENTS = re.compile(r"students with an account[^:]*: (.+)")
NEIGHBOR = re.compile(r"second school: (\S+)")


def zone_of_evening() -> str:
    """A time zone in which it is early evening, whenever the journeys are run: what a page calls today lasts for all of them."""
    east = (EVENING - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}"  # the names of these zones count westwards


ZONE = zone_of_evening()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """The running house, and what it printed when it opened."""

    def __init__(self, *arguments: str, demo: bool = True) -> None:
        place = Path(tempfile.mkdtemp(prefix="subrosa-journeys-"))
        place.chmod(0o711)  # the account of the database passes through
        self.data, self.temporary, self.port = place / "data", place / "tmp", free_port()
        self.temporary.mkdir(mode=0o1777)
        self.temporary.chmod(0o1777)
        self.arguments = [*(["--demo"] if demo else []), *arguments]
        self.url = f"http://localhost:{self.port}"
        self.start()

    def start(self) -> None:
        """Open it; once more after a kill, with the same folder and at the same address."""
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SUBROSA_DEMO_ROSTER") if name in os.environ
        }
        environment = {**kept, "PYTHONPATH": str(ROOT), "SUBROSA_CHEAP_HASH": "tests", "PYTHONDONTWRITEBYTECODE": "1"}
        environment["SUBROSA_TIME_ZONE"] = ZONE
        environment["TMPDIR"] = str(self.temporary)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(TRAMPOLINE), str(os.getpid()), str(int(signal.SIGINT)), "-1", "-1",
             sys.executable, "-m", "subrosa.cli", "up", *self.arguments,
             "--data", str(self.data), "--port", str(self.port)],
            env=environment, cwd=self.data.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        self.lines: list[str] = []
        self.errors: deque[str] = deque(maxlen=60)
        self._read()

    def _read(self) -> None:
        opened = threading.Event()

        def out() -> None:
            for line in self.process.stdout or ():
                self.lines.append(line.rstrip())
                if "one-time link" in line or NEIGHBOR.search(line):
                    opened.set()
            opened.set()

        def err() -> None:
            self.errors.extend(line.rstrip() for line in self.process.stderr or ())

        for work in (out, err):
            threading.Thread(target=work, daemon=True).start()
        opened.wait(OPENS_WITHIN)
        time.sleep(0.3)  # the lines come together
        if not LINK.search(self.said):
            self.stop()
            raise AssertionError(f"the house did not open:\n{self.said}\n" + "\n".join(self.errors))

    @property
    def said(self) -> str:
        """Everything that it printed."""
        return "\n".join(self.lines)

    def _found(self, pattern: re.Pattern[str]) -> str:
        match = pattern.search(self.said)
        assert match, f"{pattern.pattern} is not in {self.said}"
        return match.group(1)

    @property
    def link(self) -> str:
        """The lead's one-time link."""
        return self._found(LINK)

    @property
    def passphrase(self) -> str:
        """The passphrase of every demo sign-in."""
        return self._found(QUOTED)

    @property
    def neighbor(self) -> str:
        """The address of the second school."""
        return self._found(NEIGHBOR)

    @property
    def sign_ins(self) -> dict[str, str]:
        """Sign-in name -> roles, as printed."""
        line = next(line for line in self.lines if line.startswith("sign-ins"))
        return dict(SIGN_IN.findall(line))

    @property
    def student(self) -> str:
        """The sign-in name of a student who has an account."""
        return self._found(STUDENTS).split(",")[0].strip()

    def ask(self, statement: str, *values: Any) -> list[Any]:
        """Rows of a statement run as the owner of the database, who sees every school; its days are those of the house."""
        with patch.object(tempfile, "tempdir", str(self.temporary)):  # its socket lies there
            urls = the_server(self.data, {}).urls
        with psycopg.connect(urls.owner, autocommit=True, options=f"-c timezone={ZONE}") as connection:
            done = connection.execute(statement, values or None)
            return done.fetchall() if done.description else []

    def entries(self, act: str, outcome: str | None = None) -> list[tuple[str, list[str]]]:
        """The log's entries on one act in the first school: the roles of who pressed ("" for nobody) and the clauses."""
        rows = self.ask(
            """SELECT coalesce(array_to_string(s.roles, '/'), ''), e.clauses FROM audit_entry e
               LEFT JOIN person_staff s ON s.id = e.actor_id WHERE e.act = %s AND (%s::text IS NULL OR e.outcome = %s)
               AND e.school_id = (SELECT id FROM school_school WHERE host = 'localhost') ORDER BY e.at""",
            act, outcome, outcome,
        )  # fmt: skip
        return [(who, list(clauses)) for who, clauses in rows]

    def kill(self) -> None:
        """As a power cut does: at once, and without a word to anybody."""
        self.process.kill()
        self.process.wait(ENDS_WITHIN)
        until = time.monotonic() + ENDS_WITHIN
        while self.left() and time.monotonic() < until:
            time.sleep(0.1)
        assert not self.left()

    def stop(self) -> int:
        """Ask it to end as Ctrl-C does; answers the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise

    def left(self) -> list[str]:
        """The command lines of processes that still have to do with this house's folder."""
        mark, found = os.fsencode(self.data), []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
            except OSError:
                continue
            if any(mark in word for word in words) and int(entry.name) != os.getpid():
                found.append(words[0].replace(b"\0", b" ").decode())
        return found
