"""The house as the architecture tests see it: its files, its drawers in order, its models."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "subrosa"


@lru_cache(maxsize=1)
def contracts() -> configparser.ConfigParser:
    """The import contracts: the one place where the order of the house is written down."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


def drawers() -> dict[str, int]:
    """Each drawer's storey: a larger number is further down; neighbours share one."""
    rows = contracts()["importlinter:contract:drawers"]["layers"].split("\n")
    rows = [row for row in rows if row.strip()]
    return {name.strip(" ()"): storey for storey, row in enumerate(rows) for name in row.split("|")}


def python_files(folder: Path = CODE, *, migrations: bool = False) -> list[Path]:
    """Every module of the program."""
    return [path for path in sorted(folder.rglob("*.py")) if migrations or "migrations" not in path.parts]


def short(path: Path) -> str:
    """A path as the house writes it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def trees(paths: Iterable[Path] | None = None) -> Iterator[tuple[str, ast.Module]]:
    """Name and syntax tree of each module."""
    for path in python_files() if paths is None else paths:
        yield short(path), ast.parse(path.read_text(encoding="utf-8"))


def faults_in(check: Callable[[str, ast.Module], Iterable[str]]) -> list[str]:
    """What one check finds in the whole program."""
    return [fault for name, tree in trees() for fault in check(name, tree)]


def house_models() -> list[type[models.Model]]:
    """Every model of our own drawers."""
    return [model for model in apps.get_models() if model.__module__.startswith("subrosa.")]


def templates() -> list[Path]:
    """Every template of every desk."""
    return sorted((CODE / "desks").rglob("templates/**/*.html"))


def packages() -> dict[str, str]:
    """Every package (dotted, without migrations) and its docstring."""
    found = {}
    for init in sorted(CODE.rglob("__init__.py")):
        if "migrations" not in init.parts:
            name = ".".join(init.parent.relative_to(ROOT).parts)
            found[name] = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
    return found
