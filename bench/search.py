"""A word looked for in one's own 200 cases of 10 records each, beside opening the same texts without looking for anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from subrosa.crypto.keys import new_root
from subrosa.policy.actor import Actor
from subrosa.records.case.models import Case
from subrosa.records.note.finding import wanted
from subrosa.records.note.models import Note
from subrosa.records.note.searching import opened, records_of, search
from subrosa.records.school import context
from subrosa.records.vault import rings
from subrosa.records.vault.many import fetch_rings
from subrosa.records.vault.models import Grant, Keypair, Keyring
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Holder, Ring, Scope
from subrosa.records.vault.texts import close_text
from subrosa.walk.walk import Walk

from .measure import Line, in_turn, ratio, settled, statements
from .notes import _record, dialogues

CASES, NOTES = 200, 10
LIMIT, STATEMENTS = 2.0, 12
WORD, RARE = "考试", "萤火虫"


def _by_owner(row: Any) -> Any:
    row.school_id = context.current_school()
    row.save(using="owner", force_insert=True)
    row._state.db = "default"
    return row


class _Cases:
    """Cases of one counselor, put there by the owner: each with a key of its own, its grant and its sealed records."""

    def __init__(self, walk: Walk) -> None:
        self.by: Actor = walk.people["lin"]
        self.at = walk.at
        self.model = Case.objects.get(pk=walk.things["case"].pk)
        self.texts, self.source = dialogues()
        self.pair = Keypair.objects.get(pk=opener_of(self.by).keypair)
        self.made = 0

    def more(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            client = type(self.model.client)(pk=uuid4(), **self._fields(self.model.client))
            _by_owner(client)
            case = Case(client_id=client.pk, counselor_id=self.by.id, opened_at=self.at - timedelta(days=self.made))
            _by_owner(case)
            self._records(case, self._ring(case))

    @staticmethod
    def _fields(row: Any) -> dict[str, Any]:
        left = {"id", "school_id", "roster_mark"}
        return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname not in left}

    def _ring(self, case: Case) -> Ring:
        row = _by_owner(Keyring(kind="case", of=case.pk, made_at=self.at))
        ring = Ring(row, {Scope.ROOT: new_root()}, checked=True)
        grant: Grant = rings._grant(
            ring, Holder(self.pair, Scope.ROOT), opener_of(self.by), clause="CONF-02", at=self.at
        )
        _by_owner(grant)
        return ring

    def _records(self, case: Case, ring: Ring) -> None:
        for number in range(NOTES):
            when = self.at - timedelta(days=self.made, hours=number)
            note = Note(case=case, author_id=self.by.id, happened_at=when, written_at=when, signed_at=when)
            words = _record(self.texts[(self.made * NOTES + number) % len(self.texts)])
            close_text(note, "body", words.as_text(), ring.key(Scope.FILE))
            _by_owner(note)

    def search(self, word: str = WORD) -> int:
        """As in a request of its own: nothing is opened beforehand."""
        self.by.opener.forget()
        return search(by=self.by, at=self.at, word=wanted(word)).many

    def open(self) -> int:
        """The same texts, opened and not looked at."""
        self.by.opener.forget()
        who = opener_of(self.by)
        mine = Case.objects.filter(counselor_id=self.by.id, state="open").values_list("pk", flat=True)
        return sum(bool(opened(row, who).words) for row in records_of(fetch_rings("case", list(mine), who)))


def lines(walk: Walk, *, times: int) -> list[Line]:
    """Statements first, with few cases and with all; then the time of looking beside that of opening."""
    cases = _Cases(walk)
    cases.more(2)
    few = statements(lambda: cases.search(RARE))
    cases.more(CASES - 2)
    settled()
    many = statements(lambda: cases.search(RARE))
    assert cases.open() >= CASES * NOTES, "every record opens"
    found = cases.search()
    rounds = max(5, times // 20)
    whole, bare = in_turn(lambda _: cases.search(), lambda _: cases.open(), times=rounds)
    name = f"a word in {CASES} own cases of {NOTES} records"
    facts = {"times": rounds, "found": found, "texts": cases.source}
    return [
        ratio(f"{name} ÷ opening the same texts", whole, bare, LIMIT, **facts),
        Line(f"{name}: statements", many, STATEMENTS, ""),
        Line(f"{name}: statements more than for two cases", many - few, 0, ""),
    ]
