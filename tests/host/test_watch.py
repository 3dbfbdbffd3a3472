"""What ends with its parent, each means alone: the watch, the keeper, the kernel's promise in the workers."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.host.running import ROOT, left_after, living

WATCHED = "from subrosa.host.watch import end_with_parent; end_with_parent(); import time; time.sleep(60)"
KEPT = (
    "import os; from subrosa.host import trampoline; trampoline.die_with_parent = lambda *_: False\n"
    "trampoline.main([str(os.getppid()), '9', '-1', '-1', '/bin/sleep', '60'])\n"
)


def environ(mark: Path) -> dict[str, str]:
    here = Path(__file__).parent
    path = [str(ROOT), str(here), *(entry for entry in sys.path if entry.endswith("site-packages"))]
    return {**os.environ, "PYTHONPATH": ":".join(path), "MARK": str(mark)}


@pytest.mark.parametrize("program", [WATCHED, KEPT])
def test_it_ends_within_a_second_after_its_parent(program: str, tmp_path: Path) -> None:
    shell = 'exec 1>&-; "$1" -c "$2" & sleep 60; wait'
    with subprocess.Popen(["/bin/sh", "-c", shell, "sh", sys.executable, program], env=environ(tmp_path)) as parent:
        give_up = time.monotonic() + 10
        while len(living(tmp_path)) < (4 if program == KEPT else 3) and time.monotonic() < give_up:
            time.sleep(0.05)
        time.sleep(0.5)
        assert len(living(tmp_path, besides=parent.pid)) > 1
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    for pid, words in living(tmp_path).items():
        if words.startswith("sleep 60"):
            os.kill(pid, signal.SIGKILL)  # the shell's own, which nobody watches
    assert left_after(tmp_path, 1.5) == {}


def test_the_keeper_passes_signals_on(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KEPT], env=environ(tmp_path)) as keeper:
        give_up = time.monotonic() + 10
        while len(living(tmp_path)) < 2 and time.monotonic() < give_up:
            time.sleep(0.05)
        time.sleep(0.2)
        keeper.send_signal(signal.SIGTERM)  # SIGINT would be ignored by a child of a shell's background
        keeper.wait(5)
    assert left_after(tmp_path, 1) == {}


def test_the_workers_of_a_killed_web_do_not_go_on_answering(tmp_path: Path, port: int) -> None:
    command = [sys.executable, "-m", "subrosa.host.web", "--port", str(port), "--app", "stub:app"]
    with subprocess.Popen(command, env=environ(tmp_path), start_new_session=True) as web:
        give_up = time.monotonic() + 20
        while time.monotonic() < give_up:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.05)
        time.sleep(0.5)
        assert len(living(tmp_path)) == 3
        web.send_signal(signal.SIGKILL)
        web.wait()
    assert left_after(tmp_path, 1) == {}


def test_a_web_on_a_taken_port_says_so(tmp_path: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        command = [sys.executable, "-m", "subrosa.host.web", "--port", str(port), "--app", "stub:app"]
        done = subprocess.run(command, env=environ(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"Port {port} is taken" in done.stderr
