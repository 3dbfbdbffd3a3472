"""Digits on a page without an account: they travel with the form, so that a press whose answer got lost shows them again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from subrosa.desks.common.requests import at
from subrosa.records.person import returning
from subrosa.records.vault import server

LATEST = timedelta(hours=3)  # a page that lay open longer gets other digits
SHOWN_AGAIN = timedelta(minutes=10)  # for the press whose answer got lost
TRIES = 3  # somebody else may have drawn the same first four a moment ago


@dataclass(frozen=True, slots=True)
class Press:
    """One press of the form: its key of repetition, the digits that its page carried, and when."""

    request: HttpRequest
    once: UUID
    code: str
    at: datetime

    def __repr__(self) -> str:
        return "…"

    def carried(self) -> str:
        """The digits as the page carries them on, under the server key."""
        return server.close_token("return code", self.code, of=self.once, until=self.at + LATEST)

    def is_of(self, client: UUID, made_at: datetime) -> bool:
        """Whether these digits are still the way back to what an earlier press of the same form made."""
        if self.at - made_at > SHOWN_AGAIN:
            return False
        found = returning.open_with(self.code)
        return found is not None and found.client == client


def press_of(request: HttpRequest) -> Press:
    """The press of a request, with the digits of its page or fresh ones."""
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        once = uuid.uuid4()
    carried = server.open_token("return code", request.POST.get("carried", ""), of=once, at=at(request))
    return Press(request, once, carried or returning.new_code(), at(request))
