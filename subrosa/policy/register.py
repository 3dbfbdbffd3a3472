"""The published code: every clause with its texts in both languages, its sources, and how far the program keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "register.yaml"
STATES = ("whole", "part", "not_yet")
KINDS = ("guard", "gate", "deadline", "prompt", "register", "measure", "publish")


class RegisterError(ValueError):
    """The register is not usable; the message names the clause and what is wrong with it. The program does not start."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    en: str
    zh: str

    def in_language(self, code: str) -> str:
        """The text for a language code such as `zh-hans` or `en`."""
        return self.zh if code.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as published. `kept` says how the program keeps it, `missing` what is not built yet."""

    id: str
    title: Words
    text: Words
    kept: Words
    sources: tuple[str, ...]
    kind: tuple[str, ...]
    state: str
    missing: Words


def _words(row: dict[str, Any], key: str, *, needed: bool = True) -> Words:
    value = row.get(key) or {"en": "", "zh": ""}
    words = Words(str(value["en"]).strip(), str(value["zh"]).strip())
    if needed and not (words.en and words.zh):
        raise RegisterError(f"register.yaml: {row.get('id')}: {key} is empty in one language")
    return words


def _entry(row: dict[str, Any]) -> Entry:
    try:
        state, kind = row["state"], tuple(row["kind"])
        if state not in STATES or not set(kind) <= set(KINDS):
            raise RegisterError(f"register.yaml: {row['id']}: unknown state or kind")
        missing = _words(row, "missing", needed=state == "part")
        texts = (_words(row, "title"), _words(row, "text"), _words(row, "kept"))
        return Entry(row["id"], *texts, tuple(row["sources"]), kind, state, missing)
    except (KeyError, TypeError) as error:
        raise RegisterError(f"register.yaml: {row.get('id', row)}: {error} is missing or misshapen") from error


def _rows(path: Path) -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506  safe loaders
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RegisterError(f"register.yaml: {error}") from error
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) and row.get("id") for row in rows):
        raise RegisterError("register.yaml: not a list of clauses that have an id each")
    return rows


def read(path: Path = FILE) -> tuple[Entry, ...]:
    """Read and check a register file; raises RegisterError."""
    entries = tuple(_entry(row) for row in _rows(path))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise RegisterError(f"register.yaml: {entry.id} stands there twice")
        seen.add(entry.id)
    return entries


@lru_cache(maxsize=1)
def clauses() -> tuple[Entry, ...]:
    """The register of this house, in its order."""
    return read()


@lru_cache(maxsize=1)
def by_id() -> dict[str, Entry]:
    """The register by clause id."""
    return {entry.id: entry for entry in clauses()}


def check_names(used: set[str]) -> None:
    """Refuse to start when the charter names a clause that the register does not hold."""
    unknown = sorted(used - set(by_id()))
    if unknown:
        raise RegisterError(f"the charter names clauses that are not in register.yaml: {', '.join(unknown)}")
