"""Places for data that the database's account can reach, a free port, and the stand-in house as a process."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.running import Starter, Up


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder with a space and Chinese characters in its name; pytest's own is closed to the database's account."""
    above = Path(tempfile.mkdtemp(prefix="subrosa-test-"))
    above.chmod(0o711)
    folder = above / "心理 中心"
    folder.mkdir()
    yield folder
    shutil.rmtree(above, ignore_errors=True)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start() -> Iterator[Starter]:
    """Start the stand-in; whatever still runs at the test's end is ended."""
    started: list[Up] = []

    def begin(data: Path | None, port: int, **words: object) -> Up:
        started.append(Up(data, port, **words))
        return started[-1]

    yield begin
    for up in started:
        if up.process.poll() is None:
            up.process.kill()
            up.process.communicate()
