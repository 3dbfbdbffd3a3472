"""`subrosa up`: puts the machine below (host) and the program together."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from subrosa.config.serving import check_policy
from subrosa.host.databases import Urls
from subrosa.host.errors import CannotRun
from subrosa.host.folder import DataFolder, choose_data_folder
from subrosa.host.ports import port_problem
from subrosa.host.postgres import the_server
from subrosa.host.processes import Child
from subrosa.host.supervisor import House
from subrosa.policy.profile import ProfileError, kinds
from subrosa.policy.register import RegisterError

HEX_BYTES = 32
PORTS = 65536


def environment(data: Path, urls: Urls) -> dict[str, str]:
    """What the program reads from its environment, for one data folder and the addresses of one database."""
    app, clock = urls.roles()
    return {
        "SUBROSA_DATA": str(data),
        "DATABASE_URL": urls.app,
        "DATABASE_URL_OWNER": urls.owner,
        "DATABASE_URL_CLOCK": urls.clock,
        "SUBROSA_ROLE_APP": app,
        "SUBROSA_ROLE_CLOCK": clock,
        "DJANGO_SETTINGS_MODULE": "subrosa.config.settings",
    }


def zone_problem(name: str | None) -> str:
    """What is wrong with the time zone that was asked for; "" where it is one, or none was."""
    try:
        if name is not None:
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown; no name at all; the name of a folder
        return f"SUBROSA_TIME_ZONE={name!r} is no time zone: write one such as Asia/Shanghai, or leave it out."
    return ""


def main(
    *, port: int, data: Path | None, demo: bool, say: Callable[[str], None], school: Mapping[str, str] | None = None
) -> int:
    """Run the house until somebody stops it; answers the exit code."""
    if not 0 < port < PORTS:
        print(port_problem(port), file=sys.stderr)
        return CannotRun.exit_code
    if sentence := zone_problem(os.environ.get("SUBROSA_TIME_ZONE")):
        print(sentence, file=sys.stderr)
        return CannotRun.exit_code
    try:
        check_policy(kinds())  # pure text: looked at before a folder or a database is touched
    except (ProfileError, RegisterError) as error:
        print(f"The house does not open: {error}.", file=sys.stderr)
        return CannotRun.exit_code
    try:
        folder = choose_data_folder(str(data) if data else None).resolve()
        server = the_server(folder, os.environ)
        place = DataFolder(folder)
    except CannotRun as refusal:
        print(refusal, file=sys.stderr)
        return refusal.exit_code
    place.secret("server_key", lambda: secrets.token_bytes(HEX_BYTES))
    place.secret("django", lambda: secrets.token_hex(HEX_BYTES).encode())
    given = environment(folder, server.urls)
    os.environ.update(given)
    url = f"http://localhost:{port}"

    def prepare() -> list[str]:
        from subrosa.demo.prepare import NewSchool  # noqa: PLC0415  Django reads the environment only now
        from subrosa.demo.prepare import prepare as ready  # noqa: PLC0415  as above

        return ready(url=url, demo=demo, new=NewSchool(**(school or {})))

    def recovered(line: str) -> None:
        from subrosa.demo.prepare import note_recovery  # noqa: PLC0415  as above

        note_recovery(line)

    children = _children(port, {**os.environ, **given}, server.urls.clock)
    house = House(
        data=folder,
        server=server,
        children=children,
        say=say,
        prepare=prepare,
        ready_url=f"{url}/help/",
        on_recovered=recovered,
    )
    return house.run()


def _children(port: int, surroundings: Mapping[str, str], clock_url: str) -> list[Child]:
    """Web and clock, neither with the owner's address; the clock with its own."""
    web_env = {
        key: value for key, value in surroundings.items() if key not in ("DATABASE_URL_OWNER", "DATABASE_URL_CLOCK")
    }
    return [
        Child(
            "web",
            [sys.executable, "-m", "subrosa.host.web", "--port", str(port), "--app", "subrosa.config.wsgi:application"],
            web_env,
        ),
        Child("clock", [sys.executable, "-m", "subrosa.cli", "clock"], {**web_env, "DATABASE_URL": clock_url}),
    ]
