"""Every visible string of the program, as its source says it, and the Chinese catalogue beside it.

`python -m tests.messages` compares; `--update` merges new strings as untranslated, drops old ones, and lists what to translate.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "subrosa" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
Key = tuple[str | None, str]


@dataclass(slots=True)
class Message:
    """One string of the source: context, text, plural, and the files that say it."""

    text: str
    plural: str = ""
    context: str | None = None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What makes it one entry of the catalogue."""
        return self.context, self.text


def _sources() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "subrosa").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py" and "/migrations/" not in name:
            yield name, path.read_text(encoding="utf-8")
        elif path.suffix == ".html":
            # templatize keeps the page's indentation, which no Python tokenizer forgives
            plain = templatize(path.read_text(encoding="utf-8"), origin=name)
            yield name, "\n".join(line.strip() for line in plain.splitlines())


def extracted() -> dict[Key, Message]:
    """Every message of the program, by context and text, in the order of the files."""
    found: dict[Key, Message] = {}
    for name, source in _sources():
        for _line, said, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
            texts = (said,) if isinstance(said, str) else said
            message = Message(texts[0], texts[1] if len(texts) > 1 else "", context)
            message = found.setdefault(message.key, message)
            if name not in message.files:
                message.files.append(name)
    return found


def catalogue() -> polib.POFile:
    """The Chinese catalogue as it is kept."""
    return polib.pofile(str(CATALOGUE), wrapwidth=110)


def _said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def problems() -> list[str]:
    """What keeps the program from being whole in Chinese, one sentence each; empty when nothing does."""
    wanted, there = extracted(), {(e.msgctxt, e.msgid): e for e in catalogue() if not e.obsolete}
    lines = [
        f"not in the catalogue: {text!r} ({wanted[context, text].files[0]})"
        for context, text in wanted.keys() - there.keys()
    ]
    lines += [f"said nowhere any more: {text!r}" for _context, text in there.keys() - wanted.keys()]
    for key, entry in there.items():
        if key not in wanted:
            continue
        if not all(said.strip() for said in _said(entry)):
            lines.append(f"untranslated: {entry.msgid!r} ({wanted[key].files[0]})")
            continue
        if entry.fuzzy:
            lines.append(f"fuzzy: {entry.msgid!r}")
        if entry.msgid_plural != wanted[key].plural:
            lines.append(f"another plural: {entry.msgid!r}")
        of_source = _placeholders(entry.msgid_plural or entry.msgid)
        lines += [f"other placeholders: {entry.msgid!r}" for said in _said(entry) if _placeholders(said) != of_source]
    return sorted(lines)


def update() -> None:
    """Bring the catalogue to the source: new entries untranslated, old ones gone, translations kept."""
    there = {(e.msgctxt, e.msgid): e for e in catalogue()} if CATALOGUE.exists() else {}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Project-Id-Version": "subrosa",
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for key, message in extracted().items():
        before = there.get(key)
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context, occurrences=[(f, "") for f in message.files])
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = dict(before.msgstr_plural) if before and before.msgstr_plural else {0: ""}
        elif before:
            entry.msgstr = before.msgstr
        entry.flags = ["python-format"] if "%(" in message.text else []
        fresh.append(entry)
    fresh.save(str(CATALOGUE))


if __name__ == "__main__":
    if "--update" in sys.argv[1:]:
        update()
    left = problems()
    print("\n".join(left) or "every string stands in Chinese")
    sys.exit(bool(left))
