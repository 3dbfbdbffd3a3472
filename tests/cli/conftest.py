"""The `subrosa` command as a process, as a person at a terminal starts it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foreign import postgresql_15

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
TEMPORARY = Path(
    tempfile.mkdtemp(prefix="subrosa-cli-")
)  # of these tests alone, and passable for the database's account
TEMPORARY.chmod(0o711)


def surroundings(root: Path = ROOT) -> dict[str, str]:
    """The bare minimum that a command finds in its environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "SUBROSA_CHEAP_HASH": "tests"}
    return {**env, "TMPDIR": str(TEMPORARY)}


def subrosa(*words: str, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end. `root` is the source tree, `environment` what it finds beside the bare minimum."""
    env = surroundings(root)
    argv = [sys.executable, "-m", "subrosa.cli", *words]
    return subprocess.run(
        argv, env={**env, **environment}, cwd=root, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def one_sentence(text: str) -> bool:
    """What a person is told when something cannot be: one line, no traceback."""
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


def walks_left() -> set[Path]:
    """The folders of walks in the temp folder."""
    return set(TEMPORARY.glob("subrosa-walk-*"))


@pytest.fixture(scope="package", autouse=True)
def temporary() -> Iterator[None]:
    """Everything that these tests leave in the temp folder goes with it."""
    yield
    shutil.rmtree(TEMPORARY, ignore_errors=True)


@pytest.fixture(scope="package")
def foreign() -> Iterator[str]:
    """A PostgreSQL 15 of somebody else's."""
    with postgresql_15() as home:
        yield home
