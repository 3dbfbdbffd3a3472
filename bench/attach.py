"""A 1 GB file put into a case and read out again over http, against a real `subrosa up`: how much memory that takes."""

from __future__ import annotations

import http.client
import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from .measure import Line
from .sockets import free_port, house

MB = 1024**2
WHOLE, QUICK = 1024, 64  # MB
LIMIT = 64.0  # MB above idle
NAME, PASSPHRASE = "lin", "four quiet words here"
BLOCK = bytes(range(256)) * 4096  # 1 MB
EDGE = "8f3b1c-edge"


def _status(pid: Path, name: str) -> int:
    """A number of kilobytes from /proc, in bytes; 0 for a process that is gone."""
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", (pid / "status").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def _processes(data: Path) -> tuple[list[Path], list[Path]]:
    """Those of the web, and those of the database, of the house in one data folder."""
    web, server = [], ""
    for pid in Path("/proc").glob("[0-9]*"):
        try:
            argv, env = (pid / "cmdline").read_bytes(), (pid / "environ").read_bytes()
        except OSError:
            continue
        if argv.split(b"\0")[0].endswith(b"/postgres") and str(data).encode() in argv:
            server = pid.name
        elif f"SUBROSA_DATA={data}".encode() in env and (b"subrosa.host.web" in argv or b"multiprocessing" in argv):
            web.append(pid)
    return web, [Path("/proc") / server, *_children(server)]


def _children(parent: str) -> list[Path]:
    """The processes that one process started."""
    found = []
    for pid in Path("/proc").glob("[0-9]*"):
        try:
            words = (pid / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if words[1] == parent:
            found.append(pid)
    return found


@dataclass(slots=True)
class _Watch:
    """The most memory that was taken above idle: the web's as the kernel noted it, the database's own as often looked at."""

    data: Path
    most: float = 0.0
    facts: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def during(self) -> Iterator[None]:
        web = _processes(self.data)[0]
        for pid in web:
            (pid / "clear_refs").write_text("5")  # the peak begins anew
        idle = sum(_status(pid, "VmRSS") for pid in web)
        own = self._own()
        peak, done = [own], threading.Event()

        def look() -> None:
            while not done.wait(0.1):
                peak[0] = max(peak[0], self._own())

        watching = threading.Thread(target=look)
        watching.start()
        try:
            yield
        finally:
            done.set()
            watching.join()
        taken = sum(_status(pid, "VmHWM") for pid in web) - idle
        self.most = round((taken + peak[0] - own) / MB, 1)
        self.facts = {
            "web_mb": round(taken / MB, 1),
            "database_mb": round((peak[0] - own) / MB, 1),
            "idle_mb": round(idle / MB),
        }

    def _own(self) -> int:
        return sum(_status(pid, "RssAnon") for pid in _processes(self.data)[1])


class _Hand:
    """One counselor with a cookie jar of two cookies."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {"language": "en"}
        page = self.text("/sign-in/")
        given = {"csrfmiddlewaretoken": token(page), "name": NAME, "passphrase": PASSPHRASE, "next": "/desk/"}
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        self.ask("POST", "/sign-in/", urlencode(given).encode(), head)
        assert "vault_key" in self.cookies, "the counselor is signed in"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        head: dict[str, str] | None = None,
        read: Callable[[http.client.HTTPResponse], object] | None = None,
    ) -> tuple[int, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        fixed = {"Host": f"localhost:{self.port}", "Cookie": jar, "Origin": f"http://localhost:{self.port}"}
        line.request(method, path, body=body, headers={**fixed, **(head or {})})
        answer = line.getresponse()
        for one in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = read(answer) if read else answer.read()
        line.close()
        return answer.status, found if isinstance(found, bytes) else str(found).encode()

    def text(self, path: str) -> str:
        return self.ask("GET", path)[1].decode()


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "the page has a form"
    return found[1]


def _by_form(hand: _Hand, case: str, size: int) -> None:
    """What a browser without script sends."""
    page = token(hand.text(case))

    def field(name: str, value: str) -> bytes:
        return f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()

    begin = field("csrfmiddlewaretoken", page) + field("once", str(uuid4()))
    begin += f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n\r\n'.encode()
    end = b"\r\n" + field("whole", "1") + f"--{EDGE}--\r\n".encode()
    length = len(begin) + size * MB + len(end)
    head = {"Content-Type": f"multipart/form-data; boundary={EDGE}", "Content-Length": str(length)}
    status, _ = hand.ask("POST", f"{case}files/", itertools.chain([begin], itertools.repeat(BLOCK, size), [end]), head)
    assert status == 302, status


def _by_portions(hand: _Hand, case: str, size: int) -> None:
    """What the script sends."""
    head = {"X-CSRFToken": token(hand.text(case))}
    _, found = hand.ask("POST", f"{case}files/begin/", b"", head)
    begun = json.loads(found)
    to, portion = begun["to"], BLOCK[: begun["portion"]]
    for number in range(size * MB // len(portion)):
        status, _ = hand.ask("POST", f"{to}{number}/", portion, {**head, "Content-Type": "application/octet-stream"})
        assert status == 204, status
    given = {"name": "a.mp3", "type": "audio/mpeg", "size": size * MB}
    form = {**head, "Content-Type": "application/x-www-form-urlencoded"}
    status, _ = hand.ask("POST", f"{to}whole/", urlencode(given).encode(), form)
    assert status == 201, status


def _read_out(hand: _Hand, case: str, size: int) -> None:
    paths = re.findall(rf'href="({case}files/[^"]+)"', hand.text(case))
    length, whole = 0, True

    def read(answer: http.client.HTTPResponse) -> bytes:
        nonlocal length, whole
        while part := answer.read(MB):
            whole, length = whole and BLOCK.startswith(part[:4096]), length + len(part)
        return b""

    status, _ = hand.ask("GET", paths[-1], read=read)
    assert (status, length, whole) == (200, size * MB, True), (status, length, whole)


def lines(*, quick: bool) -> list[Line]:
    """Once small, so that everything is warm; then in earnest."""
    size, port = QUICK if quick else WHOLE, free_port()
    found = []
    with house(port) as data:
        hand = _Hand(port)
        case = re.findall(r'href="(/cases/[0-9a-f-]{36}/)"', hand.text("/desk/"))[0]
        for name, do in (("sent by a form", _by_form), ("sent in portions", _by_portions), ("read out", _read_out)):
            do(hand, case, size if do is _read_out else 2)
            watch = _Watch(data)
            begun = time.perf_counter()
            with watch.during():
                do(hand, case, size)
            rate = round(size / (time.perf_counter() - begun), 1)
            facts = {**watch.facts, "mb_per_second": rate}
            found.append(Line(f"a file of {size} MB {name}: memory above idle", watch.most, LIMIT, "MB", facts))
    return found
