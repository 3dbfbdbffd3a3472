"""A file on its way in: sealed piece by piece while the request is still being read. No plain byte of it touches a disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from subrosa.desks.common.requests import Visit
from subrosa.records.attachment import actions
from subrosa.records.attachment.about import MOST, About, tidy_name

SLICE = 64 * 1024  # what Django hands over at a time


class Arrived(UploadedFile):  # type: ignore[type-arg]  # django-stubs: of bytes, and never read
    """Stands for a file that is sealed already: what it is, and the rest that is shorter than a piece."""

    def __init__(self, about: About, rest: bytes) -> None:
        super().__init__(None, about.name, about.type, about.size)
        self.about, self.rest = about, rest

    def close(self) -> None:
        """There is nothing open behind it."""

    def __repr__(self) -> str:
        return "…"


class Sealing(FileUploadHandler):
    """Django's upload handler for the one file of a form: every full piece is an act of its own, so nothing lies in memory."""

    chunk_size = SLICE

    def __init__(self, there: Visit, case: Any) -> None:
        super().__init__(there.request)
        self.there, self.case = there, case
        self.upload: Any = None
        self.too_large = False
        self._held, self._size, self._number = bytearray(), 0, 0

    def new_file(self, *given: Any, **more: Any) -> None:
        """The first file begins; a second one of the same form is left out."""
        if self.upload is not None:
            raise SkipFile
        super().new_file(*given, **more)
        self.upload = actions.begin(by=self.there.by, at=self.there.at, case=self.case)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Seal a piece as soon as it is full."""
        self._held += raw_data
        self._size += len(raw_data)
        if self._size > MOST:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        while len(self._held) >= actions.PIECE:
            full = bytes(self._held[: actions.PIECE])
            del self._held[: actions.PIECE]
            self._keep(full)
        return None

    def _keep(self, full: bytes) -> None:
        by, at = self.there.by, self.there.at
        actions.keep_piece(by=by, at=at, attachment=self.upload, number=self._number, plain=full)
        self._number += 1

    def file_complete(self, file_size: int) -> Arrived | None:
        """What is left waits for the view, which puts the file into the case or gives it up."""
        if self.upload is None:
            return None
        about = About(tidy_name(self.file_name or ""), (self.content_type or "")[:120], self._size)
        return Arrived(about, bytes(self._held))

    def give_up(self) -> None:
        """Nothing of an upload that broke off stays."""
        if self.upload is not None:
            actions.drop(by=self.there.by, at=self.there.at, attachment=self.upload)
            self.upload = None
