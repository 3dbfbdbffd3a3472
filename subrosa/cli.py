"""The `subrosa` command: up, clock, walk, charter, ledger, archive, backup, restore, dump-plain, drill."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import subrosa

DEFAULT_PORT = 8000
SCHOOL = (
    ("--host", "NAME", "the host name under which it answers (default: localhost)"),
    ("--name-zh", "NAME", "its name in Chinese"),
    ("--name-en", "NAME", "its name in English"),
)
ONE_SCHOOL = "the school's host name, where there are several"
EVERY_SCHOOL = "only the school of this host name (default: every school)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="subrosa",
        description="Subrosa (守心): the practice platform of a school counseling center, in which the code of ethics runs.",
    )
    parser.add_argument("--version", action="version", version=f"subrosa {subrosa.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    up = _command(commands, "up", "start the house: database, web and clock, until Ctrl-C")
    up.add_argument(
        "--port", type=int, default=DEFAULT_PORT, metavar="N", help="port on this machine (default %(default)s)"
    )
    up.add_argument("--data", metavar="FOLDER", help="folder for everything that is kept (default: ./data)")
    up.add_argument("--demo", action="store_true", help="found a demonstration center if there is none yet")
    for flag, metavar, says in SCHOOL:
        up.add_argument(flag, metavar=metavar, help=f"for a new center: {says}")
    up.add_argument("--json", action="store_true", help="print one object a line instead of sentences")

    clock = _command(commands, "clock", "run what is due, until stopped (`up` starts it by itself)")
    clock.add_argument("--once", action="store_true", help="one round, then end")
    clock.add_argument("--json", action="store_true", help="print one object a line instead of sentences")

    walk = _command(commands, "walk", "carry one client through the house, refusals included, in a database of its own")
    walk.add_argument("--data", metavar="FOLDER", help="folder of the embedded database (default: a temporary one)")
    walk.add_argument(
        "--roster", metavar="FILE", help="a school export (.xlsx or .csv) of the form of the demo's roster"
    )
    walk.add_argument("--keep", action="store_true", help="leave the database for looking at it")
    walk.add_argument("--json", action="store_true", help="print one object a line instead of sentences")

    _ledger(_command(commands, "ledger", "verify the log of all acts, or print its newest signed checkpoint"))

    _archive(_command(commands, "archive", "check a volume of the archive, without the house that made it"))

    _copies(commands)

    _where(_command(commands, "dump-plain", "print what the database and the server key together show, as text"))

    drill = _command(commands, "drill", "rehearse with two seat sheets how a case comes back; no case is touched")
    drill.add_argument("--data", metavar="FOLDER", help="folder of the house (default: ./data)")
    drill.add_argument("--school", metavar="HOST", help=ONE_SCHOOL)
    drill.add_argument(
        "--sheet", action="append", default=[], metavar="FILE", help="a typed sheet (give it twice; default: asked for)"
    )

    charter = _command(commands, "charter", "say of every clause what keeps it, in which acts, and which tests show it")
    charter.add_argument("--json", action="store_true", help="print one object a line")
    return parser


def _ledger(parser: argparse.ArgumentParser) -> None:
    """`subrosa ledger verify|checkpoint`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    verify = _command(what, "verify", "read the whole ledger and say what is not as it was")
    verify.add_argument(
        "--against", action="append", default=[], metavar="FILE", help="a checkpoint kept outside (may be given again)"
    )
    verify.add_argument("--rows", action="store_true", help="compare columns and sealed rows as well")
    _where(verify)
    newest = _command(what, "checkpoint", "print the newest checkpoint: for paper, mail, another machine")
    _where(newest, ONE_SCHOOL)


def _archive(parser: argparse.ArgumentParser) -> None:
    """`subrosa archive verify`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    verify = _command(what, "verify", "say whether a volume's index, pages and signature are as they were bound")
    verify.add_argument("file", metavar="FILE", help="the volume, as it was downloaded")
    verify.add_argument("--key", default="", metavar="LINE", help="the center's verifier line, or a file that holds it")
    verify.add_argument("--json", action="store_true", help="print one object instead of sentences")


def _copies(commands: Any) -> None:
    """`subrosa backup`, `subrosa restore`."""
    backup = _command(
        commands, "backup", "write the house's data as a body to keep and a key file to throw away in time"
    )
    backup.add_argument("--to", metavar="FOLDER", default="backups", help="folder for both files (default: ./backups)")
    restore = _command(commands, "restore", "put a body and the newest key file back, where no house is yet")
    restore.add_argument("body", metavar="BODY", help="a file subrosa-body-....dump")
    restore.add_argument("--keys", metavar="FILE", required=True, help="the newest file subrosa-keys-....dump")
    for one in (backup, restore):
        one.add_argument("--data", metavar="FOLDER", help="folder of the house (default: ./data)")


def _where(parser: argparse.ArgumentParser, school: str = EVERY_SCHOOL) -> None:
    """Which house, which school, in which form."""
    parser.add_argument("--data", metavar="FOLDER", help="folder of the house (default: ./data)")
    parser.add_argument("--school", metavar="HOST", help=school)
    parser.add_argument("--json", action="store_true", help="print objects instead of sentences")


def _command(commands: Any, name: str, says: str) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=says, description=f"{says[0].upper()}{says[1:]}.")
    return added


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code (0 done, 1 went wrong, 2 cannot run as asked)."""
    given = _parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "subrosa.config.settings")
    try:
        done = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head`: whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return done


def _run(given: argparse.Namespace) -> int:
    if given.command == "charter":
        from subrosa.config.charter import main as charter  # noqa: PLC0415  the other commands need a database first

        return charter(as_json=given.json)
    if given.command == "clock":
        from subrosa.desks.clock.loop import main as clock  # noqa: PLC0415  Django is set up inside

        return clock(once=given.once, as_json=given.json)
    if given.command == "ledger":
        return _run_ledger(given)
    if given.command == "archive":
        from subrosa.offline.archive import verify  # noqa: PLC0415  it needs neither Django nor a house

        return verify(given.file, key=given.key, as_json=given.json)
    if given.command in ("backup", "restore"):
        return _run_copies(given)
    if given.command == "dump-plain":
        from subrosa.offline.dump import main as dump  # noqa: PLC0415  Django is set up inside

        return dump(data=given.data, school=given.school, as_json=given.json)
    if given.command == "drill":
        from subrosa.offline.drill import main as drill  # noqa: PLC0415  Django is set up inside

        return drill(data=given.data, school=given.school, sheets=given.sheet)
    if given.command == "walk":
        from subrosa.walk.command import main as walk  # noqa: PLC0415  Django is set up inside

        return walk(data=given.data, roster=given.roster, keep=given.keep, as_json=given.json)
    from subrosa.up import main as up  # noqa: PLC0415  Django is set up inside

    data = Path(given.data) if given.data else None
    named = {flag.strip("-").replace("-", "_") for flag, _metavar, _says in SCHOOL}
    school = {name: value for name, value in vars(given).items() if name in named and value}
    return up(port=given.port, data=data, demo=given.demo, say=_say(as_json=given.json), school=school)


def _run_ledger(given: argparse.Namespace) -> int:
    from subrosa.offline import ledger  # noqa: PLC0415  Django is set up inside

    where = {"data": given.data, "school": given.school, "as_json": given.json}
    if given.what == "checkpoint":
        return ledger.checkpoint(**where)
    return ledger.verify(**where, against=given.against, rows=given.rows)


def _run_copies(given: argparse.Namespace) -> int:
    if given.command == "backup":
        from subrosa.offline.backup import main as backup  # noqa: PLC0415  Django is set up inside

        return backup(data=given.data, to=given.to)
    from subrosa.offline.restore import main as restore  # noqa: PLC0415  Django is set up inside

    return restore(data=given.data, body=given.body, keys=given.keys)


def _say(*, as_json: bool) -> Callable[[str], None]:
    def say(line: str) -> None:
        print(json.dumps({"line": line}, ensure_ascii=False) if as_json else line, flush=True)

    return say


if __name__ == "__main__":
    sys.exit(main())
