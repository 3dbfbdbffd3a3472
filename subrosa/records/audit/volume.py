"""Volumes of the archive under the center's key: the same key that signs the log's checkpoints, under a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from subrosa.ledger.volume import Report as Report
from subrosa.ledger.volume import check as check
from subrosa.ledger.volume import signed as _signed
from subrosa.ledger.volume import written

from . import witness


def sign_index(index: Mapping[str, Any]) -> tuple[bytes, str]:
    """The bytes of a volume's index and the note under it; `index` without the center and the signer."""
    return _signed({**index, "center": witness.origin()}, witness.seed())


def as_file(head: bytes, note: str, sheets: Iterable[bytes]) -> Iterator[bytes]:
    """A volume as a file, piece by piece."""
    return written(head, note, sheets)
