"""The embedded PostgreSQL of one data folder, and the choice between it and a foreign server."""

import fcntl
import os
import secrets
import shutil
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from subrosa.host import databases
from subrosa.host.account import database_account
from subrosa.host.binaries import MAJOR, bin_folder
from subrosa.host.databases import Urls
from subrosa.host.errors import AlreadyRun, CannotRun, Forbidden
from subrosa.host.folder import DataFolder
from subrosa.host.foreign import Foreign, foreign_urls
from subrosa.host.founding import APP, CLOCK, DATABASE, ENVIRONMENT, OWNER, ROLES, found, run_single, set_passwords
from subrosa.host.processes import Launched, servers_in
from subrosa.host.sockets import make_socket_folder, socket_folder

__all__ = ["CannotRun", "Cluster", "Forbidden", "Foreign", "Urls", "the_server"]

LONGEST_RECOVERY = 300.0  # seconds until a start is given up; crash recovery replays at most one gigabyte of log

SETTINGS = {
    "listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "60", "shared_buffers": "128MB",
    # One process of the server killed: all end, and the supervisor tells, instead of a silent recovery inside.
    "restart_after_crash": "off",
    "max_wal_senders": "0", "password_encryption": "scram-sha-256", "timezone": "UTC", "log_timezone": "UTC",
    # What people typed must never reach the log: no statements, no parameters, and no messages of errors at all
    # (they quote values: `invalid input syntax: "..."`, `Key (name)=(...) already exists`).
    "log_min_messages": "log", "log_min_error_statement": "panic", "log_statement": "none",
    "log_error_verbosity": "terse", "log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0",
    "log_connections": "off", "log_disconnections": "off", "log_checkpoints": "off",
}  # fmt: skip
QUICK_BUT_NOT_SAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One embedded server: started and stopped by us, ended by the kernel when we are gone."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        """`durable=False` is for tests: a power cut may lose everything, in exchange for speed."""
        self.folder = DataFolder(data)
        self.home = self.folder.path / "postgres"
        self.files = self.home / MAJOR
        self.account = database_account(self.home)
        self.sockets = socket_folder(self.folder.path, self.account)
        self.settings = SETTINGS | ({} if durable else QUICK_BUT_NOT_SAFE)
        self.process: Launched | None = None
        self._lock: int | None = None

    @property
    def urls(self) -> Urls:
        return self.urls_for(DATABASE)

    def urls_for(self, name: str) -> Urls:
        """The three addresses of the database `name`, also before the server runs."""
        return Urls(
            *(databases.address(role, self._password(role), str(self.sockets), name) for role in (APP, OWNER, CLOCK))
        )

    def create_database(self, name: str) -> None:
        """Make another database, with the same rights as the first."""
        databases.create(self.urls, name)

    def drop_database(self, name: str) -> None:
        """Drop a database with everything in it, ending its sessions."""
        databases.drop(self.urls, name)

    def start(self) -> None:
        """Make the cluster on first use, clear what a crash left, start and wait until it answers (or CannotRun)."""
        self._take()
        try:
            if not self.account.reaches(self.folder.path):
                raise CannotRun(
                    f"The database runs as the account {self.account.name}, which cannot reach {self.folder.path}: "
                    "give DATA= a folder that it can reach."
                )
            programs = bin_folder(self.account)
            self._end_orphans()
            if not self.files.exists():
                found(programs, self.account, self.files, self._passwords())
            elif not all((self.folder.secrets / f"database-{role}").exists() for role in ROLES):
                # The secrets were lost or left behind when the data moved: whoever holds the folder gives new ones.
                run_single(programs, self.account, self.files, set_passwords(self._passwords()))
            make_socket_folder(self.sockets, self.account)
            self._launch(programs)
        except BaseException:
            self.stop()
            raise

    def stop(self, patience: float = 10.0) -> None:
        """SIGINT (sessions end, a checkpoint is written), after `patience` SIGQUIT, then SIGKILL; nothing is left."""
        if self.process is not None:
            for number, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 0.5), (signal.SIGKILL, 5.0)):
                self.process.signal(number)
                if self.process.wait(seconds):
                    break
            self.end_now()
        if self._lock is not None:
            shutil.rmtree(self.sockets, ignore_errors=True)
            os.close(self._lock)
            self._lock = None

    def end_now(self) -> None:
        """End every process of this cluster at once; the next start recovers. Also the sweep after the server died."""
        if self.process is not None:
            self.process.signal(signal.SIGKILL)
        # Each server process has a session of its own, so a signal to the group would miss them.
        for pid in servers_in(self.files):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    def _take(self) -> None:
        handle = os.open(self.folder.path / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise AlreadyRun(f"The database of {self.folder.path} is already run by another program.") from None
        self._lock = handle

    def _end_orphans(self) -> None:
        """We hold the lock: whoever still works here lost its launcher, and its pid file and socket mean nothing."""
        give_up = time.monotonic() + 10
        while servers_in(self.files) and time.monotonic() < give_up:
            self.end_now()
            time.sleep(0.02)
        if Path("/proc/self/cwd").exists():
            (self.files / "postmaster.pid").unlink(missing_ok=True)

    def _passwords(self) -> dict[str, str]:
        return {role: self._password(role) for role in ROLES}

    def _password(self, role: str) -> str:
        # URL-safe base64 needs no quoting in SQL or in an address.
        return self.folder.secret(f"database-{role}", lambda: secrets.token_urlsafe(24).encode()).decode()

    def _launch(self, programs: Path) -> None:
        settings = {**self.settings, "unix_socket_directories": str(self.sockets)}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        log = self.folder.path / "postgres.log"
        if log.exists() and log.stat().st_size > 1_000_000:
            log.replace(log.with_suffix(".log.old"))
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            # SIGQUIT: no checkpoint, so it ends at once, and with it every process of the server.
            self.process = Launched(
                [str(programs / "postgres"), "-D", str(self.files), *words], ENVIRONMENT,
                output=output, account=self.account, at_parents_end=signal.SIGQUIT,
            )  # fmt: skip
        self._until_it_answers(log)

    def _until_it_answers(self, log: Path) -> None:
        assert self.process is not None
        give_up = time.monotonic() + LONGEST_RECOVERY
        while time.monotonic() < give_up:
            # The eighth line of the pid file is the server's own word on its state; asking it costs no connection.
            with suppress(OSError, IndexError):
                if (self.files / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                    return
            if self.process.wait(0.005):
                break
        last = log.read_text(errors="replace").strip().rpartition("\n")[2]
        raise CannotRun(f"The database in {self.home} did not start ({last}); its log is {log}.")


def the_server(data: Path, environ: Mapping[str, str]) -> Cluster | Foreign:
    """The foreign server when its three addresses are given, else the embedded one of `data`."""
    urls = foreign_urls(environ)
    return Cluster(data) if urls is None else Foreign(urls.app, urls.owner, urls.clock)
