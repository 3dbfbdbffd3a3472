"""The journal: what runs on a data folder, kept so that the next start can say what this one left behind."""

import json
import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from subrosa.host.folder import write_whole

KEPT = "every acknowledged write is kept"


@dataclass
class State:
    """What the file holds; `ended` is the sentence about the process that died first, `unreported` awaits its entry."""

    clean: bool = True
    started: float = 0.0
    boot: str = ""
    pids: dict[str, int] = field(default_factory=dict)
    ended: str = ""
    unreported: list[str] = field(default_factory=list)


class Journal:
    """One data folder's journal; only the holder of the folder's lock writes it."""

    def __init__(self, data: Path) -> None:
        self.file = data / "journal.json"
        self.state = _read(self.file)

    def recovered(self) -> list[str]:
        """What has to be said and entered now: the sentences on runs that did not end cleanly, the latest first."""
        if not self.state.clean:
            self.state.unreported.insert(0, f"recovered: {self.state.ended or self._vanished()}; {KEPT}")
            self.state.clean = True
        return list(self.state.unreported)

    def begin(self) -> None:
        """A run begins."""
        self.state = State(clean=False, started=time.time(), boot=_boot(), unreported=self.state.unreported)
        self._write()

    def running(self, pids: Mapping[str, int]) -> None:
        """These processes run now."""
        self.state.pids = dict(pids)
        self._write()

    def reported(self) -> None:
        """What was recovered has its entry."""
        self.state.unreported = []
        self._write()

    def beat(self) -> None:
        """We are still here: the file's time is the last that a killed supervisor can tell."""
        with suppress(FileNotFoundError):
            os.utime(self.file)

    def died(self, name: str, returncode: int) -> str:
        """A process ended without being asked; returns (and keeps) the sentence on it."""
        self.state.ended = f"the {name} {_how(returncode)} {_at(time.time())}"
        self._write()
        return self.state.ended

    def end(self) -> None:
        """A run ended as it should."""
        self.state = State(clean=True, unreported=self.state.unreported)
        self._write()

    def _vanished(self) -> str:
        seen = self.file.stat().st_mtime
        if self.state.boot and _boot() != self.state.boot:
            return f"the machine stopped {_at(seen)}"
        return f"the supervisor was killed {_at(seen)}"

    def _write(self) -> None:
        write_whole(self.file, json.dumps(asdict(self.state), ensure_ascii=False).encode())


def _read(file: Path) -> State:
    try:
        found = dict(json.loads(file.read_text()))
        return State(**{known.name: found[known.name] for known in fields(State) if known.name in found})
    except FileNotFoundError:
        return State()
    except (ValueError, TypeError):
        # Unreadable is not clean: better to say once too often that something was recovered.
        return State(clean=False)


def _how(returncode: int) -> str:
    if returncode == -signal.SIGKILL:
        return "was killed"
    if returncode < 0:
        return f"was ended by {signal.Signals(-returncode).name}"
    return f"ended by itself (code {returncode})"


def _at(moment: float) -> str:
    then, now = time.localtime(moment), time.localtime()
    same_day = then[:3] == now[:3]
    return time.strftime("at %H:%M" if same_day else "on %Y-%m-%d at %H:%M", then)


def _boot() -> str:
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return ""
