"""Whatever order one student comes, is met, put together and taken apart in: nothing is lost, and nobody is two."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from subrosa.policy.actor import Actor
from subrosa.policy.ruling import Refused
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.models import Booking
from subrosa.records.archive.models import FileLine
from subrosa.records.case.models import Case
from subrosa.records.case.queries import who_can_open
from subrosa.records.merging import actions as merging
from subrosa.records.merging.models import Merge
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.note.models import Note
from subrosa.records.person import doorway
from subrosa.records.person.models import Client
from subrosa.records.vault.opener import Opener
from tests.records.appointment.test_first import Came
from tests.records.center import SAFE, Center, Visit, own
from tests.records.merging.test_merging import by_digits

LINES = Asked(SAFE.danger, lines="来过，谈了几句。")
STEPS = (
    "comes",
    "comes",
    "is met",
    "put together",
    "put together",
    "taken apart",
    "taken apart",
    "books",
    "is older",
    "is left",
)
OWN = "我自己写的"


@dataclass
class Student:
    """One student of the list with an account, and whatever else the same person was here as."""

    center: Center
    visit: Visit
    came: list[Came] = field(default_factory=list)
    days: int = 0
    minutes: int = 0

    @property
    def now(self) -> datetime:
        """A minute after the step before."""
        self.minutes += 1
        return self.center.at + timedelta(minutes=self.minutes)

    def comes(self, at: int) -> None:
        self.days += 1
        day = 1 + 7 * (self.days // 5) + self.days % 5 - (self.days % 5 == 4) * 4
        one = Came(self.center, days=day, reason=f"第{self.days}次来")
        with suppress(Refused):
            one.press()
            self.came.append(one)
            doorway.adopt_waiting(by=self.center.lin, at=self.center.at)

    def is_met(self, at: int) -> None:
        rows = list(Booking.objects.select_related("case").filter(state="booked").order_by("starts_at"))
        if rows:
            row = rows[at % len(rows)]
            appointment.hold(by=self.center.lin, at=row.ends_at, booking=row, promise_said=True)
            row.refresh_from_db()
            with suppress(Refused):
                text = notes.NoteText(asked=LINES)
                from subrosa.records.note.short import write_short

                write_short(by=self.center.lin, at=row.ends_at, case=row.case, booking=row, text=text)

    def put_together(self, at: int) -> None:
        rows = list(Client.objects.filter(joined=None).exclude(pk=self.visit.client.pk).order_by("made_at", "pk"))
        if rows:
            older = Client.objects.get(pk=self.visit.client.pk)
            given = {"client": rows[at % len(rows)], "older": older, "agreed": True, "seen": True}
            merging.put_together(by=self.center.lin, at=self.now, **given)

    def taken_apart(self, at: int) -> None:
        rows = list(Merge.objects.filter(apart_at=None).order_by("at", "pk"))
        if rows:
            with suppress(Refused):
                merging.take_apart(by=self.center.lin, at=self.now, merge=rows[-1 - at % len(rows)])

    def books(self, at: int) -> None:
        with suppress(Refused):
            slot = self.center.slot(7 + at % 5)
            appointment.book(by=self.visit.me, at=self.now, client=self.visit.client, reason=OWN, **slot)

    def is_older(self, at: int) -> None:
        """One of the files was opened before the others, so that it goes on."""
        self._one_file(at, opened_at=self.center.at - timedelta(days=1 + self.days))

    def is_left(self, at: int) -> None:
        """One was left by the student, so that another goes on."""
        self._one_file(at, left_at=self.center.at)

    def _one_file(self, at: int, **said: datetime) -> None:
        rows = list(Case.objects.filter(state="open").order_by("client__made_at", "pk"))
        if rows:
            Case.objects.using("owner").filter(pk=rows[at % len(rows)].pk).update(**said)

    def words(self) -> dict[str, UUID]:
        """Who wrote what, by the client as whom that person goes on now."""
        return {OWN: self.visit.client.pk} | {one.given["reason"]: by_digits(one.code).id for one in self.came}


def holds(student: Student) -> None:
    """What must be true after every step."""
    center, lin = student.center, student.center.lin
    for case in Case.objects.all():
        pages = notes.read_file(by=lin, at=center.at, case=case)
        assert len(pages) == Note.objects.filter(case=case).exclude(signed_at=None).count()
        said = notes.read_reasons(by=lin, at=center.at, case=case)
        assert set(said) == set(Booking.objects.filter(case=case).exclude(reason=None).values_list("pk", flat=True))
        assert set(Booking.objects.filter(case=case).values_list("client_id", flat=True)) <= {case.client_id}
    for client in Client.objects.all():
        assert Case.objects.filter(client=client, state="open").count() <= 1
        assert client.joined_id is None or not Case.objects.filter(client=client).exists()
    marks = [bytes(one) for one in Client.objects.exclude(roster_mark=None).values_list("roster_mark", flat=True)]
    assert len(marks) == len(set(marks))
    numbers = list(FileLine.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    for one in student.came:
        me = by_digits(one.code)
        assert isinstance(me.opener, Opener)
        _reads_the_own(student, me)
        open_one = Case.objects.filter(client=me.id, state="open").first()
        said = notes.read_reasons(by=me, at=center.at, case=open_one) if open_one else {}
        assert open_one is None or len(said) == Booking.objects.filter(case=open_one).exclude(reason=None).count()


def _reads_the_own(student: Student, me: Actor) -> None:
    """Nobody reads what somebody else wrote, and nobody holds a key of somebody else's file."""
    words = student.words()
    for case in Case.objects.all():
        assert {one.of for one in who_can_open(case.pk) if one.kind == "client"} <= {case.client_id}
        if case.client_id == me.id:
            with suppress(Refused):
                said = notes.read_reasons(by=me, at=student.center.at, case=case)
                assert {words[str(one)] for one in said.values()} <= {me.id}


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@example(steps=[("is older", 1), ("put together", 0), ("taken apart", 0), ("put together", 0)])
@example(steps=[("is left", 0), ("comes", 0), ("put together", 0), ("put together", 0), ("taken apart", 0)] * 2)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), min_size=4, max_size=9))
def test_nothing_is_lost_and_nobody_is_two(database: Any, steps: list[tuple[str, int]]) -> None:
    with own() as center:
        student = Student(center, center.visit("李小雨", roster=str(uuid4())))
        for name, at in [("comes", 0), ("books", 0), *steps]:
            getattr(student, name.replace(" ", "_"))(at)
            holds(student)
