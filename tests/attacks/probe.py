"""Asking an address as a thief does, and what is looked at in the answer: status, words, failures, and what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tests.desks.hand import Hand

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)', re.IGNORECASE)
LEFT = frozenset({"audit_entry", "audit_waiting", "person_session"})  # the attempt itself is an entry, with a name
ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")  # of a form, drawn anew for every answer

# Everything that forms of the house send, so that a press gets past its form and meets the act.
FILLED: Mapping[str, str] = {
    **dict.fromkeys(("situation", "problem", "course", "assessment", "addition", "goal", "text", "lines"), "写一句话"),
    **dict.fromkeys(("reason", "hope", "realistic", "about_why", "name", "comment", "letter"), "写一句话"),
    **{"advice": "listened", "effect": "too_early", "other": "none", "rating": "5", "about": "peers", "came": "calmer"},
    **{"why": "goals_reached", "promise": "1", "choice": "today", "answer": "looked_after", "ground": "legal_demand"},
    **{"guardian_came": "alone", "second_why": "second", "second_who": "许督导", "second_when": "2026-03-02T10:00"},
    **{"signed_on": "2026-03-02", "language": "zh-hans", "class_name": "高二7班", "reach": "comes_by", "seen": "1"},
    **{"object": "1", "hard": "on", "first": "x", "second": "x", "page": "1", "draft_turn": "1", "sign": "1"},
}


@dataclass(frozen=True)
class Answer:
    """One answer without what differs by chance: ids and tokens are blanked."""

    status: int
    location: str
    words: str
    wrote: tuple[str, ...]
    raw: str

    def like(self, other: Answer) -> bool:
        """Told apart by nothing that a browser sees."""
        return (self.status, self.location, self.words) == (other.status, other.location, other.words)


@contextmanager
def writing() -> Iterator[list[str]]:
    """The tables that are written meanwhile, as the statements name them."""
    seen: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, state: Any) -> Any:
        if found := WRITES.match(str(sql)):
            seen.append(found[1])
        return execute(sql, params, many, state)

    with connection.execute_wrapper(watch):
        yield seen


def ask(hand: Hand, method: str, path: str, data: Mapping[str, str] | None = None) -> Answer:
    """One request; a page that fails is a 500 and not an error of the test."""
    hand.client.raise_request_exception = False
    hand._ask()
    given: dict[str, Any] = {"data": dict(data or {})} if method in ("GET", "POST") else {}
    with writing() as seen:
        answer = getattr(hand.client, method.lower())(path, **given)
    body = answer.content.decode(errors="replace")
    words = TOKEN.sub("<token>", ID.sub("<id>", body))
    location = ID.sub("<id>", answer.headers.get("Location", ""))
    return Answer(answer.status_code, location, words, tuple(sorted(set(seen) - LEFT)), body)
