"""A volume of the archive as one file: an index in plain, the center's signature, sealed sheets (crypto/FORMAT.md §12).

    subrosa volume 1\\n | u32 length, head (JSON) | u32 length, note (signed-note) | the sheets, one after the other

Anybody can check such a file without the house that made it and without a key to what was said: that nothing in it was
changed, taken out, put in or cut off, and that this center's key signed it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from .checkpoint import BadCheckpoint, Checkpoint, read, sign, under_name, verifier

MAGIC = b"subrosa volume "
VERSION = b"1\n"
MOST_HEAD = 16 * 1024 * 1024
MOST_NOTE = 64 * 1024
PORTION = 64 * 1024  # bytes read at once
NAME = re.compile(r"[!-~]{1,300}")  # what is printed at a terminal holds no signs that move its cursor
KEYS = {"center", "counselor", "files", "first", "last", "made", "number", "school", "signer", "volume"}
FILE_KEYS = {"bound", "case", "first_page", "from", "generation", "keyring", "last_page", "number", "pieces"}
FILE_KEYS |= {"sessions", "sha256", "until"}


class NoVolume(ValueError):
    """This is no volume that can be read: another kind of file, a later form, or its beginning is damaged."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a volume: a word for the kind of damage, and the file of the index where it is about one."""

    what: str
    file: int = 0
    first_page: int = 0
    last_page: int = 0


@dataclass(slots=True)
class Report:
    """What was read. `signer` is the line of the key that signed; `trusted` whether that was the line it was given."""

    center: str
    number: int
    files: int
    pages: int
    digest: str
    signer: str
    trusted: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return not self.findings


def name_of(center: str) -> str:
    """Under which name a center signs its volumes: never one that could be taken for its log."""
    return f"{center}/volumes"


def head_bytes(head: Mapping[str, Any]) -> bytes:
    """The one way to write an index."""
    return json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signed(head: Mapping[str, Any], seed: bytes) -> tuple[bytes, str]:
    """The bytes of an index, with who signs it, and the note that the center's key put under them."""
    name = name_of(head["center"])
    held = head_bytes({**head, "signer": verifier(name, seed)})
    return held, sign(Checkpoint(name, head["number"], hashlib.sha256(held).digest()), name, seed)


def written(head: bytes, note: str, sheets: Iterable[bytes]) -> Iterator[bytes]:
    """A volume as a file, piece by piece."""
    said = note.encode()
    yield MAGIC + VERSION + len(head).to_bytes(4, "big") + head + len(said).to_bytes(4, "big") + said
    yield from sheets


def check(source: BinaryIO, trusted: str = "") -> Report:
    """Read a volume to its end. `trusted` is a verifier line of the center, that of its log too. NoVolume if unreadable."""
    head, note = _beginning(source)
    index = _index(head)
    report = Report(
        index["center"],
        index["number"],
        len(index["files"]),
        index["files"][-1]["last_page"] if index["files"] else 0,
        hashlib.sha256(head).hexdigest(),
        index["signer"],
    )
    _signature(report, head, note, trusted)
    _adds_up(report, index["files"])
    _sheets(report, source, index["files"])
    return report


def _beginning(source: BinaryIO) -> tuple[bytes, str]:
    begins = source.read(len(MAGIC) + len(VERSION))
    if not begins.startswith(MAGIC):
        raise NoVolume("not a volume of the archive")
    if begins[len(MAGIC) :] != VERSION:
        raise NoVolume("a volume of another form than this program knows")
    head = _counted(source, MOST_HEAD)
    try:
        return head, _counted(source, MOST_NOTE).decode()
    except UnicodeDecodeError as error:
        raise NoVolume("its signature cannot be read") from error


def _counted(source: BinaryIO, most: int) -> bytes:
    said = source.read(4)
    size = int.from_bytes(said, "big")
    held = source.read(min(size, most))
    if len(said) < 4 or size > most or len(held) != size:
        raise NoVolume("its beginning is damaged or cut off")
    return held


def _index(head: bytes) -> dict[str, Any]:
    """The index, of the right form: whoever reads on may rely on it."""
    try:
        index = json.loads(head)
    except (ValueError, RecursionError):
        index = None
    if not isinstance(index, dict) or set(index) != KEYS or not _of_a_center(index):
        raise NoVolume("its index cannot be read")
    if not all(isinstance(one, dict) and set(one) == FILE_KEYS and _counts(one) for one in index["files"]):
        raise NoVolume("its index cannot be read")
    return index


def _of_a_center(index: Mapping[str, Any]) -> bool:
    names = all(isinstance(index[key], str) and NAME.fullmatch(index[key]) for key in ("center", "signer"))
    return names and type(index["number"]) is int and isinstance(index["files"], list)


def _counts(one: Mapping[str, Any]) -> bool:
    pieces = one["pieces"] if isinstance(one["pieces"], list) else [None]
    numbers = [one["number"], one["first_page"], one["last_page"], one["sessions"], *pieces]
    return all(type(n) is int and n >= 0 for n in numbers) and isinstance(one["sha256"], str)


def _signature(report: Report, head: bytes, note: str, trusted: str) -> None:
    name = name_of(report.center)
    try:
        found = read(note, report.signer)
    except BadCheckpoint:
        report.findings.append(Finding("signature"))
    else:
        if (found.origin, found.size, found.root) != (name, report.number, hashlib.sha256(head).digest()):
            report.findings.append(Finding("index"))
    if trusted:
        try:
            report.trusted = under_name(name, trusted) == report.signer
        except BadCheckpoint:
            report.trusted = False
        if not report.trusted:
            report.findings.append(Finding("signer"))


def _adds_up(report: Report, files: Sequence[Mapping[str, Any]]) -> None:
    """Pages follow each other from 1 without a gap, and no file stands twice."""
    page, seen = 1, set[int]()
    for one in files:
        if one["first_page"] != page or one["last_page"] < one["first_page"]:
            report.findings.append(_about("pages", one))
        if one["number"] in seen:
            report.findings.append(_about("twice", one))
        seen.add(one["number"])
        page = one["last_page"] + 1


def _sheets(report: Report, source: BinaryIO, files: Sequence[Mapping[str, Any]]) -> None:
    for place, one in enumerate(files):
        left, digest = sum(one["pieces"]), hashlib.sha256()
        while left and (portion := source.read(min(left, PORTION))):
            digest.update(portion)
            left -= len(portion)
        if left:
            report.findings += [_about("cut_off", lost) for lost in files[place:]]
            return
        if digest.hexdigest() != one["sha256"]:
            report.findings.append(_about("changed", one))
    if source.read(1):
        report.findings.append(Finding("more"))


def _about(what: str, one: Mapping[str, Any]) -> Finding:
    return Finding(what, one["number"], one["first_page"], one["last_page"])
