"""The supervisor behind `subrosa up`: starts the house in order, ends it in order, ends it whole when a part dies."""

import http.client
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urljoin, urlsplit

from subrosa.host.errors import CannotRun
from subrosa.host.folder import DataFolder
from subrosa.host.journal import Journal
from subrosa.host.ports import port_problem
from subrosa.host.postgres import Cluster, Foreign
from subrosa.host.processes import Child, Launched

TERM_PATIENCE = 10.0  # seconds for requests under way, when asked to stop
FIRST_ANSWER = 60.0  # seconds until the web has to answer
HEARTBEAT = 2.0  # seconds; how exactly the next run knows when a killed supervisor was last alive


class Stopped(BaseException):
    """Somebody asked us to stop (Ctrl-C, TERM, HUP); like KeyboardInterrupt it passes every `except Exception`."""


class PartDied(Exception):
    """A process of the house ended without being asked; the message says which and how."""


@dataclass(kw_only=True)
class House:
    """What runs together on one data folder.

    `prepare` (migrations, demo) runs when the database answers and returns the lines to print when the web answers;
    `on_recovered` makes the entry on each thing that was recovered.
    """

    data: Path
    server: Cluster | Foreign
    children: list[Child]
    say: Callable[[str], None]
    prepare: Callable[[], list[str]]
    ready_url: str
    on_recovered: Callable[[str], None]
    _answered: bool = field(default=False, init=False)

    def run(self) -> int:
        """Run until somebody asks to stop (0), a part dies (1) or it cannot run at all (2, with one sentence)."""
        try:
            folder = DataFolder(self.data)
            folder.lock(urljoin(self.ready_url, "/"))  # the address of the house, not of the page we ask
        except CannotRun as refusal:
            return self._refuse(refusal)
        try:
            with _Bell() as bell:
                return self._run(Journal(folder.path), bell)
        finally:
            folder.unlock()

    def _run(self, journal: Journal, bell: "_Bell") -> int:
        problem = port_problem(urlsplit(self.ready_url).port or 80)
        if problem is not None:
            return self._refuse(CannotRun(problem))
        recovered = journal.recovered()
        journal.begin()
        try:
            self._start(journal, bell, recovered)
            while True:
                self._look(journal, bell)
                journal.beat()
                bell.wait(HEARTBEAT)
        except Stopped:
            self._stop(bell)
        except PartDied as death:
            print(f"subrosa: {death}; everything is stopped.", file=sys.stderr, flush=True)
            self._end_now()
            return 1
        except CannotRun as refusal:
            self._end_now()
            journal.end()
            return self._refuse(refusal)
        except BaseException:
            self._end_now()
            journal.end()
            raise
        journal.end()
        return 0

    def _start(self, journal: Journal, bell: "_Bell", recovered: list[str]) -> None:
        if isinstance(self.server, Cluster):
            self.server.start()
        # Said only now: what the sentence promises, the database's own recovery has just done.
        for sentence in recovered:
            self.say(sentence)
        self._look(journal, bell)
        lines = self._prepare(journal, bell)
        for sentence in recovered:
            self.on_recovered(sentence)
        journal.reported()
        for child in self.children:
            child.start(on_end=bell.ring)
        journal.running({"supervisor": os.getpid(), **{name: process.pid for name, process in self._parts()}})
        self._wait_for_the_web(journal, bell)
        for line in lines:
            self.say(line)

    def _prepare(self, journal: Journal, bell: "_Bell") -> list[str]:
        try:
            with bell.interrupting():
                return self.prepare()
        except Exception:
            # When the database was killed under it, its error is only the echo.
            if isinstance(self.server, Cluster) and self.server.process is not None:
                self.server.process.wait(0.2)
            self._look(journal, bell)
            raise

    def _wait_for_the_web(self, journal: Journal, bell: "_Bell") -> None:
        give_up = time.monotonic() + FIRST_ANSWER
        while not _answers(self.ready_url):
            self._look(journal, bell)
            if time.monotonic() > give_up:
                raise CannotRun(f"The web did not answer at {self.ready_url} within {FIRST_ANSWER:.0f} seconds.")
            bell.wait(0.05)
        self._answered = True

    def _parts(self) -> list[tuple[str, Launched]]:
        parts = [(child.name, child.process) for child in self.children if child.process is not None]
        if isinstance(self.server, Cluster) and self.server.process is not None:
            # First in the list: when the database dies the others die of it.
            parts.insert(0, ("database", self.server.process))
        return parts

    def _look(self, journal: Journal, bell: "_Bell") -> None:
        for name, process in self._parts():
            if process.returncode is not None:
                raise PartDied(journal.died(name, process.returncode))
        if bell.asked:
            raise Stopped

    def _stop(self, bell: "_Bell") -> None:
        """End in order: children (TERM, ten seconds, KILL), the database last. A second request hastens it."""
        # Granian loses a TERM that comes before its workers serve, and would never end.
        if self._answered:
            give_up = time.monotonic() + TERM_PATIENCE
            for process in self._running():
                process.signal(signal.SIGTERM)
            while self._running() and time.monotonic() < give_up and bell.asked < 2:
                bell.wait(0.1)
        self._kill_children()
        if isinstance(self.server, Cluster):
            self.server.stop()

    def _running(self) -> list[Launched]:
        started = [child.process for child in self.children if child.process is not None]
        return [process for process in started if process.returncode is None]

    def _end_now(self) -> None:
        """Everything within two seconds."""
        self._kill_children()
        if isinstance(self.server, Cluster):
            self.server.stop(patience=1.0)

    def _kill_children(self) -> None:
        for child in self.children:
            if child.process is not None:
                child.process.kill()
                child.process.wait(1.0)

    def _refuse(self, refusal: CannotRun) -> int:
        print(refusal, file=sys.stderr, flush=True)
        return refusal.exit_code


class _Bell:
    """Wakes the supervisor: rung by signals and by each process that ends.

    A pipe, because a signal handler may not touch the locks of `threading` (the thread it interrupts may hold them).
    """

    SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __enter__(self) -> "_Bell":
        self.asked = 0
        self._raises = False
        self._ear, self._rope = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        # A shell that starts us in the background lets us ignore INT, and we still hear it; nohup's wish is kept.
        nohup = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        heard = [number for number in self.SIGNALS if not (nohup and number == signal.SIGHUP)]
        self._before = {number: signal.signal(number, self._heard) for number in heard}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        # The pipe stays open: a thread that waits for a process may still ring.

    def ring(self) -> None:
        with suppress(BlockingIOError):
            os.write(self._rope, b".")

    def wait(self, seconds: float) -> None:
        """Sleep until it rings, at most so long."""
        if select.select([self._ear], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(self._ear, 4096)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Inside, a request to stop is raised where it comes: the work is long, and a transaction undoes it."""
        if self.asked:
            raise Stopped
        self._raises = True
        try:
            yield
        finally:
            self._raises = False

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1
        self.ring()
        if self._raises:
            self._raises = False
            raise Stopped


def _answers(url: str) -> bool:
    """Whether anything answers there, with whatever status; no proxy is asked."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "127.0.0.1", where.port, timeout=2)
    try:
        connection.request("GET", where.path or "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
