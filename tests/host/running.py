"""The stand-in house as a process, and a look at which processes belong to a data folder."""

import contextlib
import os
import pwd
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STUB = Path(__file__).with_name("stub.py")


class Up:
    """A running `up` of the stand-in."""

    def __init__(self, data: Path | None, port: int, **words: object) -> None:
        self.port = port
        given = {name.upper(): str(value) for name, value in words.items() if name not in ("user", "python", "cwd")}
        path = ":".join([str(ROOT), *(entry for entry in sys.path if entry.endswith("site-packages"))])
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **given}
        account: dict[str, Any] = {}
        if "user" in words:
            account = {"user": words["user"], "group": pwd.getpwnam(str(words["user"])).pw_gid, "extra_groups": []}
        self.process = subprocess.Popen(
            [str(words.get("python", sys.executable)), str(STUB), "up", str(data or ""), str(port)],
            env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            cwd=None if "cwd" not in words else str(words["cwd"]), **account,
        )  # fmt: skip
        self.lines: list[str] = []
        self.begun = time.monotonic()

    def ready(self, sign: str = "data ") -> "Up":
        """Wait for the line that says it is open (or that another point is reached)."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith(sign):
                return self
        raise AssertionError(f"it did not open: {self.lines} {self.process.communicate()[1]}")

    def end(self) -> tuple[int, str]:
        """Wait for its end; returns the code and what it wrote to stderr."""
        _, errors = self.process.communicate(timeout=15)
        return self.process.returncode, errors

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def write_until_it_breaks(self, name: str) -> tuple[threading.Thread, list[str]]:
        """Write rows through the web; the list holds those whose writing was acknowledged."""
        acknowledged: list[str] = []

        def write() -> None:
            with contextlib.suppress(OSError):
                for number in range(100_000):
                    self.get(f"/write/{name}-{number}")
                    acknowledged.append(f"{name}-{number}")

        thread = threading.Thread(target=write)
        thread.start()
        return thread, acknowledged


Starter = Callable[..., Up]


def living(data: Path, besides: int = 0) -> dict[int, str]:
    """The processes that have to do with this data folder: by command line, environment or working folder."""
    mark, found = os.fsencode(data), {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command, environment = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
            words = (command, environment, os.fsencode(os.readlink(entry / "cwd")))
            if any(mark in word for word in words) and int(entry.name) not in (os.getpid(), besides):
                found[int(entry.name)] = command.replace(b"\0", b" ").decode()
    return found


def left_after(data: Path, seconds: float) -> dict[int, str]:
    """The processes still there after at most so long."""
    give_up = time.monotonic() + seconds
    while living(data) and time.monotonic() < give_up:
        time.sleep(0.02)
    return living(data)
