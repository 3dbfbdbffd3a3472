"""Every `--help` reads well: each command and each option in a plain English sentence, within 100 columns."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib

import pytest

import subrosa as package
from tests.cli.conftest import ROOT, subrosa, surroundings

COMMANDS = {
    "up": {"--port", "--data", "--demo", "--host", "--name-zh", "--name-en", "--json"},
    "clock": {"--once", "--json"},
    "ledger verify": {"--data", "--school", "--against", "--rows", "--json"},
    "ledger checkpoint": {"--data", "--school", "--json"},
    "dump-plain": {"--data", "--school", "--json"},
    "drill": {"--data", "--school", "--sheet"},
    "walk": {"--data", "--roster", "--keep", "--json"},
    "charter": {"--json"},
}


def test_the_first_page_names_every_command() -> None:
    done = subrosa("--help")
    assert done.returncode == 0 and done.stderr == ""
    for command in {name.split()[0] for name in COMMANDS}:
        assert re.search(rf"^    {command}\s+\S", done.stdout, re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    done = subrosa(*command.split(), "--help", COLUMNS="100")
    assert done.returncode == 0
    options = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", done.stdout, re.MULTILINE))
    assert options == COMMANDS[command] | {"--help"}
    assert max(map(len, done.stdout.splitlines())) <= 100
    for option in COMMANDS[command]:
        text = done.stdout.split(f"  {option}", 1)[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ _")
        assert re.match(r"[a-z]+ \S", text.lstrip()), option
    assert done.stdout.split("\n\n")[1].strip()[0].isupper(), "each command is described in a sentence"


def test_the_version_is_the_one_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == package.__version__
    assert subrosa("--version").stdout.strip() == f"subrosa {package.__version__}"


@pytest.mark.parametrize("words", [(), ("nothing",), ("up", "--port", "eighty"), ("walk", "--unknown")])
def test_what_it_does_not_know_is_told_with_its_usage(words: tuple[str, ...]) -> None:
    done = subrosa(*words)
    assert done.returncode == 2 and done.stderr.startswith("usage: subrosa") and "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["charter", "charter --json"])
def test_a_reader_that_stops_is_no_fault(words: str) -> None:
    line = f"{shlex.quote(sys.executable)} -m subrosa.cli {words} | head -n 1"
    done = subprocess.run(
        ["sh", "-c", line], env=surroundings(), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.count("\n") == 1 and done.stderr == ""
