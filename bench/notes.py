"""Writing a sealed record beside a bare insert, and opening a file beside reading the same rows without opening them."""

from __future__ import annotations

import json
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from subrosa.policy.actor import Actor
from subrosa.policy.danger import NO_DANGER
from subrosa.records.appointment.models import Booking, Room
from subrosa.records.appointment.states import State
from subrosa.records.case.models import Case
from subrosa.records.note import actions
from subrosa.records.note.asked import Asked
from subrosa.records.note.models import Note
from subrosa.records.note.parts import NoteText
from subrosa.records.school import context
from subrosa.walk.walk import Walk

from .measure import Line, in_turn, ratio, settled, statements

SESSIONS = 123
BYTES = 4096  # of one record's text
WRITE_LIMIT, WRITE_STATEMENTS = 5.0, 12
OPEN_LIMIT, OPEN_STATEMENTS = 3.0, 8
DATASET = "zh_cpsycound_plain.jsonl"


def dialogues() -> tuple[list[str], str]:
    """Texts of 4 KB and where they are from: the folder named by SUBROSA_DATASETS, else made up."""
    named = os.environ.get("SUBROSA_DATASETS")
    file = Path(named) / DATASET if named else None
    if file is None or not file.is_file():
        return [("来访者说最近睡得不好，一到晚上就想很多。" * 100), ("谈到父亲的期待和下周的考试。" * 150)], "made up"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[:400]]
    long = "\n".join(_words(row) for row in rows)
    size = BYTES // 3  # characters of Chinese
    return [long[n : n + size * 2] for n in range(0, len(long) - size * 2, size * 2)], DATASET


def _words(row: Any) -> str:
    """Every text of one row, whatever its shape."""
    if isinstance(row, str):
        return row
    values = row.values() if isinstance(row, dict) else row if isinstance(row, list) else ()
    return "\n".join(words for value in values if (words := _words(value)))


def _record(words: str) -> NoteText:
    course = words.encode()[:BYTES].decode(errors="ignore")
    parts = {"situation": "高二,住校。", "problem": "入睡困难。", "course": course}
    return NoteText(parts, {"advice": "listened", "effect": "too_early", "other": "none"}, asked=Asked(NO_DANGER))


class _File:
    """One case of the walk, and as many held meetings without a record as are asked for."""

    def __init__(self, walk: Walk) -> None:
        self.by: Actor = walk.people["lin"]
        self.case = Case.objects.get(pk=walk.things["case"].pk)
        self.at = walk.at
        self.room = Room.objects.order_by("name").first()
        self.texts, self.source = dialogues()
        self.made = 0
        self.bare_ones: list[UUID] = []

    def meetings(self, count: int) -> list[Booking]:
        """Held meetings, put there by the owner: an hour each, far back."""
        rows = []
        for _ in range(count):
            self.made += 1
            starts = self.at - timedelta(days=4000) + timedelta(hours=self.made)
            row = Booking(
                client_id=self.case.client_id,
                case=self.case,
                staff_id=self.by.id,
                room=self.room,
                starts_at=starts,
                ends_at=starts + timedelta(minutes=40),
                state=State.HELD,
                booked_by="staff",
                booked_at=starts,
                school_id=context.current_school(),
            )
            row.save(using="owner", force_insert=True)
            rows.append(Booking.objects.get(pk=row.pk))
        return rows

    def text(self, number: int) -> NoteText:
        return _record(self.texts[number % len(self.texts)])

    def write(self, booking: Booking, number: int) -> Note:
        """As in a request of its own: nothing is opened beforehand, and the form has its key of repetition."""
        self.by.opener.forget()
        text = self.text(number)
        return actions.write(by=self.by, at=self.at, case=self.case, booking=booking, text=text, once=uuid4())

    def bare(self, booking: Booking, size: int) -> None:
        """A row of the same size, by the owner, committed."""
        row = Note(
            case=self.case,
            booking=booking,
            author_id=self.by.id,
            happened_at=booking.starts_at,
            written_at=self.at,
            signed_at=self.at,
            body=secrets.token_bytes(size),
            school_id=context.current_school(),
        )
        row.save(using="owner", force_insert=True)
        self.bare_ones.append(row.pk)

    def clear(self) -> None:
        """Away with the bare rows: nothing in them opens, and other parts read every record of the case."""
        Note.objects.using("owner").filter(pk__in=self.bare_ones).delete()

    def open(self) -> int:
        self.by.opener.forget()
        return len(actions.read_file(by=self.by, at=self.at, case=self.case))

    def raw(self) -> int:
        return len(list(Note.objects.filter(case=self.case).exclude(signed_at=None).order_by("happened_at")))


def lines(walk: Walk, *, times: int) -> list[Line]:
    """Opening first, while the file holds nothing but what is opened; then writing."""
    file = _File(walk)
    measured = [*_opening(file, times=max(20, times // 5)), *_writing(file, times=times)]
    file.clear()
    return measured


def _opening(file: _File, *, times: int) -> list[Line]:
    (first,) = file.meetings(1)
    file.write(first, 0)
    with_one = statements(file.open)
    for number, booking in enumerate(file.meetings(SESSIONS - 1), 1):
        file.write(booking, number)
    with_all = statements(file.open)
    settled()
    assert file.open() == file.raw() == SESSIONS, "the file holds what was written"
    whole, bare = in_turn(lambda _: file.open(), lambda _: file.raw(), times=times)
    name = f"opening a file of {SESSIONS} sessions of 4 KB"
    return [
        ratio(f"{name} ÷ reading the rows", whole, bare, OPEN_LIMIT, times=times, texts=file.source),
        Line(f"{name}: statements", with_all, OPEN_STATEMENTS, ""),
        Line("statements more than for a file of one session", with_all - with_one, 0, ""),
    ]


def _writing(file: _File, *, times: int) -> list[Line]:
    size = len(Note.objects.filter(case=file.case).exclude(body=None).first().body)  # type: ignore[union-attr]
    warm = file.meetings(20)
    in_turn(lambda n: file.write(warm[n], n), lambda n: file.bare(warm[n + 10], size), times=10)
    written, bare_ones = file.meetings(times), file.meetings(times)
    settled()
    whole, bare = in_turn(lambda n: file.write(written[n], n), lambda n: file.bare(bare_ones[n], size), times=times)
    (last,) = file.meetings(1)
    sent = statements(lambda: file.write(last, 0))
    return [
        ratio("note.actions.write ÷ bare insert with commit", whole, bare, WRITE_LIMIT, times=times, bytes=size),
        Line("note.actions.write: statements", sent, WRITE_STATEMENTS, ""),
    ]
