"""The web process: granian with its workers, each of which ends with its parent.

python -m subrosa.host.web --port 8000 --app subrosa.config.wsgi:application
"""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from subrosa.host.errors import CannotRun
from subrosa.host.ports import port_is_free, port_problem
from subrosa.host.trampoline import die_with_parent
from subrosa.host.watch import end_with_parent

__all__ = ["main", "port_is_free", "serve"]


def load(app: str, parent: int) -> Callable[..., Any]:
    """Runs first in each worker: bind its life to the parent's, then import `module:callable`."""
    # A worker inherits the parent's handler, which only takes a note: a TERM while loading would be lost.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent(signal.SIGKILL, parent)
    end_with_parent(parent)
    module, _, name = app.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def serve(app: str, port: int, *, workers: int = 2, blocking_threads: int = 4) -> None:
    """Serve the WSGI callable `module:callable` on 127.0.0.1 until SIGTERM; CannotRun when the port is taken."""
    problem = port_problem(port)
    if problem is not None:
        raise CannotRun(problem)
    end_with_parent()
    server = Server(
        app,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=blocking_threads,
        respawn_failed_workers=True,
        workers_kill_timeout=8,  # less than the supervisor's ten seconds
        log_access=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=partial(load, app, os.getpid()), wrap_loader=False)


def main(argv: Sequence[str] | None = None) -> int:
    """The command line of the web process."""
    parser = argparse.ArgumentParser(prog="python -m subrosa.host.web", description="Serve a WSGI application.")
    parser.add_argument("--app", required=True, help="module:callable")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--blocking-threads", type=int, default=4)
    given = parser.parse_args(argv)
    try:
        serve(given.app, given.port, workers=given.workers, blocking_threads=given.blocking_threads)
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
