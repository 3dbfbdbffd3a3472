"""What README and the how-to pages name is there: commands with their options, make targets, addresses, labels, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from subrosa.cli import _parser
from subrosa.demo.center import GUIDE
from tests import messages
from tests.architecture.house import ROOT, short

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
COMMAND = re.compile(r"(?:^|`)(?:\.venv/bin/)?(subrosa|make) ([^`|>\n]*)", re.MULTILINE)
SERVICE = re.compile(r"^ExecStart=\S+/(subrosa) (.+)$", re.MULTILINE)
ADDRESS = re.compile(r"(?:`|localhost:8000)(/[a-z/-]*)[`>]")
LABEL = re.compile(r"\*\*([^*/]*[\u4e00-\u9fff][^*/]*) / ([^*/]+)\*\*")
LINK = re.compile(r"(?:\]\(|src=\")([^)#\"]+)")


def _said(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def wrong_commands(text: str) -> Iterable[str]:
    """Command lines that the program or the Makefile does not know."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for program, line in COMMAND.findall(text) + SERVICE.findall(text):
        words = shlex.split(re.split(r"  +|  #", line)[0])
        if program == "make":
            if words[:1] and words[0] not in targets:
                yield f"make {line}"
            continue
        try:
            _parser().parse_args(words)
        except SystemExit as said:
            if said.code:
                yield f"subrosa {line}"


def wrong_addresses(text: str) -> Iterable[str]:
    """Addresses that lead nowhere."""
    for path in ADDRESS.findall(text):
        try:
            resolve(path)
        except Resolver404:
            yield path


def wrong_labels(text: str) -> Iterable[str]:
    """Pairs of labels that the pages do not show: the English is a string of the program, the Chinese its translation."""
    known = {(entry.msgid, entry.msgstr) for entry in messages.catalogue()}
    for chinese, english in LABEL.findall(re.sub(r"\s*\n", " ", text)):
        if (english.strip(), chinese.strip()) not in known:
            yield f"{chinese} / {english}"


def wrong_links(page: Path, text: str) -> Iterable[str]:
    """Files beside the page that are not there."""
    return [one for one in LINK.findall(text) if "://" not in one and not (page.parent / one).exists()]


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_what_a_page_names_is_there(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _said(page)
    wrong = [*wrong_commands(text), *wrong_addresses(text), *wrong_labels(text), *wrong_links(page, text)]
    assert not wrong, f"{short(page)}: {wrong}\n{capsys.readouterr().err}"


def test_the_ten_minutes_name_enough_to_be_checked() -> None:
    text = _said(ROOT / GUIDE)
    assert len(COMMAND.findall(text)) >= 8 and len(set(ADDRESS.findall(text))) >= 5 and len(LABEL.findall(text)) >= 15


def test_what_is_not_there_is_seen() -> None:
    text = "`subrosa fly`, `.venv/bin/subrosa walk --moon`, `make tea`, `/nowhere/`, **登录 / Sign out**, [x](gone.md)"
    assert list(wrong_commands(text)) == ["subrosa fly", "subrosa walk --moon", "make tea"]
    assert list(wrong_addresses(text)) == ["/nowhere/"]
    assert list(wrong_labels(text)) == ["登录 / Sign out"]
    assert wrong_links(ROOT / "README.md", text) == ["gone.md"]
