"""A stand-in for the program: a web that writes a row per request, a clock that writes rows, and their `up`.

As a script: `stub.py up DATA PORT [SLOW]` or `stub.py clock ACKNOWLEDGED`.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg

from subrosa.host import binaries, folder
from subrosa.host.databases import Urls
from subrosa.host.errors import CannotRun
from subrosa.host.postgres import the_server
from subrosa.host.processes import Child
from subrosa.host.supervisor import House
from subrosa.host.watch import end_with_parent


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """GET /write/TEXT inserts a row and answers after the commit; everything else answers at once."""
    if environ["PATH_INFO"].startswith("/write/"):
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            connection.execute("INSERT INTO line (text) VALUES (%s)", [environ["PATH_INFO"].removeprefix("/write/")])
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1.5)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{os.getpid()} {os.getppid()}".encode()]


def clock(acknowledged: str) -> None:
    """Insert rows as fast as they are acknowledged, and note each one that was."""
    end_with_parent()
    with open(acknowledged, "a") as notes, psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for number in range(1_000_000):
            text = f"clock-{os.getpid()}-{number}"
            connection.execute("INSERT INTO line (text) VALUES (%s)", [text])
            notes.write(f"{text}\n")
            notes.flush()
            time.sleep(0.002)


def up(data: str | None, port: int) -> int:
    """What the program's own `up` does, with the stand-ins as children."""
    try:
        place = folder.choose_data_folder(data)
        server = the_server(place, os.environ)
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    urls: Urls = server.urls
    here = Path(__file__).resolve().parent

    def prepare() -> list[str]:
        if "STUB_SLOW" in os.environ:
            print("preparing", flush=True)
            time.sleep(float(os.environ["STUB_SLOW"]))
        with psycopg.connect(urls.owner) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS line (text text)")
            connection.execute("GRANT SELECT, INSERT ON line TO PUBLIC")
        return [f"open {port}", f"data {place}"]

    def entry(text: str) -> None:
        with psycopg.connect(urls.owner) as connection:
            connection.execute("INSERT INTO line (text) VALUES (%s)", [f"entry: {text}"])

    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    env = {**inherited, "DATABASE_URL": urls.app, "PYTHONPATH": f"{os.environ.get('PYTHONPATH', '')}:{here}"}
    clock_command = [sys.executable, str(here / "stub.py"), "clock", str(place / "acknowledged")]
    return House(
        data=place,
        server=server,
        children=[
            Child("web", [sys.executable, "-m", "subrosa.host.web", "--port", str(port), "--app", "stub:app"], env),
            Child("clock", clock_command, {**env, "DATABASE_URL": urls.clock}),
        ],
        say=lambda line: print(line, flush=True),
        prepare=prepare,
        ready_url=f"http://127.0.0.1:{port}/help/",
        on_recovered=entry,
    ).run()


if __name__ == "__main__":
    if sys.argv[1] == "clock":
        clock(sys.argv[2])
    else:
        if "STUB_SYSTEM_PLACE" in os.environ:
            folder.SYSTEM_PLACE = Path(os.environ["STUB_SYSTEM_PLACE"])
            binaries.COPIES = folder.SYSTEM_PLACE / "programs"
        sys.exit(up(sys.argv[2] or None, int(sys.argv[3])))
