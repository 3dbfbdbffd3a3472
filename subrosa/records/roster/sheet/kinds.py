"""What a file is, by what it begins with: schools name files as they like."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from . import text, workbook
from .errors import SheetError, Why
from .table import Table

_BEGINS = (
    (b"%PDF", Why.PDF),
    (b"\x89PNG", Why.PICTURE),
    (b"\xff\xd8\xff", Why.PICTURE),
    (b"GIF8", Why.PICTURE),
    (b"{\\rtf", Why.WORD),
    (b"Rar!", Why.ARCHIVE),
    (b"7z\xbc\xaf", Why.ARCHIVE),
)
_OLE = b"\xd0\xcf\x11\xe0"  # of .xls, of .doc, and of a workbook with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_HEAD = 2000


def tables(data: bytes) -> Iterator[Table]:
    """The tables of a file in their order, each read when it is asked for. SheetError for what holds none."""
    if not data.strip():
        raise SheetError(Why.EMPTY)
    for begins, why in _BEGINS:
        if data.startswith(begins):
            raise SheetError(why)
    if data.startswith(_OLE):
        raise SheetError(_which_ole(data))
    if data.startswith(b"PK"):
        yield from _packed(data)
        return
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table", b"mime-version:")):
        raise SheetError(Why.WEB_PAGE)
    yield text.table(data)


def _which_ole(data: bytes) -> Why:
    if _ENCRYPTED in data:
        return Why.LOCKED
    return Why.WORD if _WORD_STREAM in data else Why.OLD_EXCEL


def _packed(data: bytes) -> Iterator[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            if not any(name.lower().endswith("workbook.xml") for name in names):
                raise SheetError(_which_archive(names))
            yield from workbook.tables(packed)
    except SheetError:
        raise
    except (
        Exception
    ) as error:  # a hostile file may fail anywhere in the libraries; none of it is worth a page of its own
        raise SheetError(Why.BROKEN) from error


def _which_archive(names: list[str]) -> Why:
    if any(name.startswith("word/") for name in names):
        return Why.WORD
    if any(name.startswith("xl/") or name in ("content.xml", "mimetype", "Index/Document.iwa") for name in names):
        return Why.OTHER_TABLE
    return Why.ARCHIVE
