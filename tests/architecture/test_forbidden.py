"""What this program never does: run what was typed, load what was pickled, call out, draw lots without a secret generator."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

import pytest

from tests.architecture.house import CODE, faults_in, short, templates

# A module that must not be imported, and where it may be all the same, with the reason.
MODULES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("random", "pickle", "marshal", "shelve", "dill", "telnetlib", "ftplib"), ()),
    **dict.fromkeys(
        ("urllib.request", "requests", "httpx", "aiohttp", "smtplib", "imaplib", "ldap3", "xml.etree", "xml.dom"), ()
    ),
    "http.client": ("subrosa/host/supervisor.py",),  # asks the own web on this machine whether it is open
    "socket": ("subrosa/host/",),  # ports and signals of this machine
    "django.core.mail": (),
    "django.core.cache": (),  # nothing that was opened is kept beyond one request
}
CALLED = frozenset({"eval", "exec", "__import__", "mark_safe", "SafeString", "os.system", "os.popen"})
HASHES = frozenset({"sha256", "shake_256", "sha3_256"})
SCRIPTS = re.compile(r"\beval\(|new Function|document\.write|insertAdjacentHTML|localStorage|indexedDB|__proto__")
MARKUP = re.compile(
    r"\{%\s*autoescape off|\|\s*safe\b|<script(?![^>]*\bsrc=)[^>]*>|\s(?:style|on[a-z]+)=[\"']", re.IGNORECASE
)
PLAIN_HELP = "{{ field.help_text|safe }}"  # our own words, with a link in one of them


def forbidden(name: str, tree: ast.Module) -> Iterable[str]:
    """Imports and calls that stand on the lists, and hashes that do not."""
    for node in ast.walk(tree):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for module in _imported(node):
                for bad, places in MODULES.items():
                    if (module == bad or module.startswith(f"{bad}.")) and not name.startswith(places or ("-",)):
                        yield f"{where} imports {module}"
        elif isinstance(node, ast.Call):
            if ast.unparse(node.func) in CALLED:
                yield f"{where} calls {ast.unparse(node.func)}"
            if any(one.arg == "shell" and ast.unparse(one.value) != "False" for one in node.keywords):
                yield f"{where} starts a shell"
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib" and node.attr not in HASHES:
            yield f"{where} uses {node.attr}"


def _imported(node: ast.Import | ast.ImportFrom) -> Iterable[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if node.level:  # a neighbour, whatever its name
        return []
    return [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]


def test_nothing_is_run_unpickled_sent_out_or_drawn_by_a_weak_lot() -> None:
    assert faults_in(forbidden) == []


def test_scripts_put_no_text_into_code_and_keep_nothing() -> None:
    scripts = list((CODE / "desks").rglob("*.js"))
    assert scripts and [short(path) for path in scripts if SCRIPTS.search(path.read_text(encoding="utf-8"))] == []


def test_templates_escape_everything_and_hold_no_script() -> None:
    texts = {short(path): path.read_text(encoding="utf-8").replace(PLAIN_HELP, "") for path in templates()}
    assert [name for name, text in texts.items() if MARKUP.search(text)] == []


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "from random import choice",
        "import urllib.request",
        "from urllib import request",
        "from xml import etree",
        "import http.client",
        "eval(typed)",
        "os.system(typed)",
        "subprocess.run(typed, shell=True)",
        "hashlib.md5(x)",
        "from django.core import mail",
        "mark_safe(typed)",
    ],
)
def test_a_planted_one_is_seen(line: str) -> None:
    assert list(forbidden("subrosa/records/planted.py", ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["import secrets", "from urllib.parse import quote", "hashlib.sha256(x)", "run(x, shell=False)"]
)
def test_what_is_allowed_is_left_alone(line: str) -> None:
    assert not list(forbidden("subrosa/records/planted.py", ast.parse(line)))


@pytest.mark.parametrize(
    "text", ["<b>{{ x|safe }}</b>", "{% autoescape off %}", "<script>1</script>", '<p style="x">', '<p onclick="x">']
)
def test_planted_markup_is_seen(text: str) -> None:
    assert MARKUP.search(text)
