"""One person at the desks without a browser: signed in with real keys, at a moment that the test chooses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from subrosa.policy.actor import Actor
from subrosa.records.person import entrance
from subrosa.records.school.context import school_in_force
from subrosa.records.vault.opener import bundle


class Hand:
    """Gets and posts as one person; `at` is the moment of the request."""

    def __init__(self, patch: pytest.MonkeyPatch, who: Actor | None, at: datetime, language: str = "en") -> None:
        self.at = at
        self.client = Client(headers={"host": school_in_force().host, "accept-language": language})
        self.patch = patch
        if who is not None:
            self._sign_in(who)

    def _sign_in(self, who: Actor) -> None:
        held: Any = who.opener
        both = bundle(held.seal, held.sign) if held else None
        pair = held.keypair if held else uuid4()
        self.session, cookie = entrance.new_session(who.kind, who.id, pair, both, at=self.at)
        self.session.save(force_insert=True)
        self.client.cookies["vault_key"] = cookie

    def lock(self) -> Hand:
        """As the lock key does."""
        entrance.lock(self.session.pk)
        return self

    def _ask(self) -> Client:
        self.patch.setattr("subrosa.desks.common.middleware.now", lambda: self.at)
        return self.client

    def get(self, path: str, **headers: str) -> Any:
        return self._ask().get(path, headers=headers or None)

    def post(self, path: str, **given: Any) -> Any:
        return self._ask().post(path, {"once": str(uuid4()), **given})

    def text(self, path: str) -> str:
        """The page, which must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())
