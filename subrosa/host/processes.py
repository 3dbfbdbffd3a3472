"""Processes that end with us: each in its own session, each told by the kernel when the parent is gone."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from subrosa.host.account import Account

TRAMPOLINE = Path(__file__).with_name("trampoline.py")


class Launched:
    """A process started through the trampoline; it gets `at_parents_end` when we are gone, however we went.

    The kernel ties that promise to the *thread* that started the process: so a thread of its own starts it and stays
    until it has ended.
    """

    def __init__(
        self, argv: Sequence[str], env: Mapping[str, str], *,
        output: IO[bytes] | None = None, account: Account | None = None,
        at_parents_end: signal.Signals = signal.SIGKILL, on_end: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        switch = account is not None and account.switch
        uid, gid = (account.uid, account.gid) if account is not None and switch else (-1, -1)
        head = [sys.executable, "-I", "-S", str(TRAMPOLINE), *map(str, (os.getpid(), at_parents_end.value, uid, gid))]
        self._ended = threading.Event()
        self._begun = threading.Event()
        self._failure: OSError | None = None
        self._popen: subprocess.Popen[bytes] | None = None
        self._on_end = on_end
        arguments = ([*head, *argv], dict(env), output)
        threading.Thread(target=self._live, args=arguments, daemon=True, name=f"waits for {argv[0]}").start()
        self._begun.wait()
        if self._failure is not None:
            raise self._failure

    def _live(self, argv: list[str], env: dict[str, str], output: IO[bytes] | None) -> None:
        try:
            self._popen = subprocess.Popen(
                argv, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                cwd=None if output is None else "/",
            )  # fmt: skip
        except OSError as error:
            self._failure = error
        self._begun.set()
        if self._popen is not None:
            if hasattr(os, "waitid"):
                # Before it is reaped its number cannot be anybody else's: now end what it left behind in its group.
                os.waitid(os.P_PID, self._popen.pid, os.WEXITED | os.WNOWAIT)
                self._signal_group()
            self._popen.wait()
        self._ended.set()
        self._on_end()

    @property
    def pid(self) -> int:
        assert self._popen is not None
        return self._popen.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs, else as in subprocess: negative is the signal that ended it."""
        return self._popen.returncode if self._popen is not None and self._ended.is_set() else None

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, waiting for that at most so long."""
        return self._ended.wait(seconds)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process (not to its group); nothing happens when it has ended."""
        if not self._ended.is_set():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it and its process group at once."""
        if not self._ended.is_set():
            self._signal_group()

    def _signal_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


class Child:
    """One process of the house (web, clock) under the supervisor: its name, what it runs and with which environment."""

    def __init__(self, name: str, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self.name = name
        self.argv = tuple(argv)
        self.env = dict(env)
        self.process: Launched | None = None

    def start(self, on_end: Callable[[], None] = lambda: None) -> None:
        """Start it in a session of its own, so that Ctrl-C in the terminal reaches the supervisor alone."""
        self.process = Launched(self.argv, self.env, on_end=on_end)


def servers_in(folder: Path) -> list[int]:
    """The PostgreSQL processes whose working folder is `folder`, so every process of a cluster; Linux, else empty."""
    wanted = os.path.realpath(folder)
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # A folder that was removed under a running process shows as "... (deleted)".
            here = os.readlink(entry / "cwd").removesuffix(" (deleted)") == wanted
            # The program is asked too: a person may just look around in that folder with a shell.
            if here and Path(os.readlink(entry / "exe")).name.startswith("postgres"):
                found.append(int(entry.name))
    return found
