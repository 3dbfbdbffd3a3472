"""A founded center with real keys, and one client's visit: what the tests of the drawers stand on.

Founding costs half a second, so most tests share one center: each works in a fortnight of its own, with clients of its own.
Who changes the center itself (its keys, its agreement) takes `own_center`, whose rows are put back after each test. Every
look at a person gives fresh keys, as every request does: nothing that an earlier step opened is still open.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from subrosa.demo.center import Part, join, key_for, publish_first, sign_and_receive
from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.agreement import proposed
from subrosa.policy.danger import NO_DANGER
from subrosa.policy.grounds import table
from subrosa.policy.lateness import RECORDS
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused, Ruling
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.models import Opening
from subrosa.records.archive import actions as archive
from subrosa.records.audit import witness
from subrosa.records.audit.models import Entry
from subrosa.records.case.models import Case
from subrosa.records.consent import actions as consent
from subrosa.records.consent import understanding
from subrosa.records.duty.models import Duty
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.note.parts import NoteText
from subrosa.records.person import actions as person
from subrosa.records.person import clients, entrance, founding
from subrosa.records.person.models import Client, Staff
from subrosa.records.person.names import new_sign_in
from subrosa.records.school import context
from subrosa.records.school.calendar import calendar
from subrosa.records.school.models import School
from subrosa.records.standing import actions as standing
from subrosa.records.vault import keys
from subrosa.records.vault.opener import Opener, opener
from tests.ground import by_owner, new_school
from tests.records.keeping import Kept

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning at the school
PASSPHRASE = "four quiet words here"
MINUTES = 40
NOON = time(12, 20)
PEOPLE = (
    Part("lin", "林知夏", (Role.COUNSELOR,), signs=True),
    Part("zhou", "周明远", (Role.COUNSELOR, Role.CUSTODIAN), signs=True),
    Part("fang", "方晓岚", (Role.COUNSELOR,), signs=True),
    Part("rui", "芮老师", (Role.RECEPTION,)),
    Part("qian", "钱副校长", (Role.LEADERSHIP,)),
    Part("sun", "孙工", (Role.STEWARD,)),
)
SAFE = Asked(NO_DANGER)
FULL = NoteText(
    {"situation": "高二,住校。", "problem": "睡不着,怕考试。", "course": "谈了作息。"},
    {"advice": "listened", "effect": "too_early", "other": "none"},
    asked=SAFE,
)
_fortnights = itertools.count()


def again(who: Actor) -> Actor:
    """The same person in the next request: the same private halves, nothing opened with them yet."""
    held = who.opener
    return Actor(who.kind, who.id, Opener(held.keypair, held.seal, held.sign) if isinstance(held, Opener) else None)


def locked(who: Actor) -> Actor:
    """The same person with the session locked."""
    return Actor(who.kind, who.id)


def refused(call: Any, **given: Any) -> Ruling:
    """The ruling of an act that must not pass."""
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.ruling


def noted(act: str, outcome: str = "refused") -> list[Entry]:
    """The entries of one kind, newest last."""
    return list(Entry.objects.filter(act=act, outcome=outcome).order_by("at", "id"))


@dataclass
class Visit:
    """One client of a center, and where the counseling stands."""

    center: Center
    client: Client
    account: Actor | None
    code: str
    case_id: UUID | None = None
    bookings: list[appointment.Booking] = field(default_factory=list)

    @property
    def me(self) -> Actor:
        assert self.account is not None, "this client has no account"
        return again(self.account)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    @property
    def booking(self) -> appointment.Booking:
        return appointment.Booking.objects.select_related("case").get(pk=self.bookings[-1].pk)

    def slot(self, days: int = 1, opening: str = "lin") -> dict[str, Any]:
        """Noon, some days after this visit's Monday: what `book` is asked."""
        return self.center.slot(days, opening) | {"client": self.client}

    def book(self, by: Actor | None = None, *, days: int = 1, reason: str = "", **more: Any) -> appointment.Booking:
        booking = appointment.book(by=by or self.me, at=self.center.at, reason=reason, **self.slot(days), **more)
        self.case_id = booking.case_id
        self.bookings.append(booking)
        return booking

    def hold(self) -> appointment.Booking:
        booking = self.booking
        return appointment.hold(by=self.center.lin, at=booking.ends_at, booking=booking, promise_said=True)

    def sign(self) -> Any:
        agreement = self.center.agreement
        signed = consent.give(
            by=self.me, at=self.center.at, case=self.case, agreement=agreement, language="zh-hans", once=uuid4()
        )
        self.talk_over()
        return signed

    def talk_over(self, answer: str = "understood", *cards: str) -> Any:
        """The counselor talks the listed situations over: those named, else all of them."""
        said = dict.fromkeys(cards or table(), answer)
        return understanding.talk_over(by=self.center.lin, at=self.center.at, case=self.case, said=said)

    def record(self, text: NoteText = FULL) -> Any:
        booking = self.booking
        return notes.write(by=self.center.lin, at=booking.ends_at, case=self.case, booking=booking, text=text)

    def recorded(self, reason: str = "最近总是睡不着") -> Any:
        """Booked, held, signed for, recorded."""
        self.book(reason=reason)
        self.hold()
        self.sign()
        return self.record()

    def closed(self) -> Case:
        return archive.close(by=self.center.lin, at=self.center.later, case=self.case)

    def archived(self) -> Case:
        self.closed()
        return archive.archive(by=self.center.lin, at=self.center.later, case=self.case)

    def years(self) -> datetime:
        """When the retention of this file is over."""
        return self.center.later + timedelta(days=3 * 366 + 1)

    def destroyed(self) -> Case:
        """Booked, recorded, closed, archived, confirmed by two, destroyed."""
        self.recorded()
        self.archived()
        for one in (self.center.lead, self.center.zhou):
            archive.confirm(by=one, at=self.years(), case=self.case)
        return archive.destroy(by=self.center.lead, at=self.years(), case=self.case)


@dataclass
class Center:
    """A founded center: its people by their sign-in names, its hours, its agreement, three seat sheets."""

    school: Any
    founded: datetime
    staff: dict[str, Actor]
    sheets: list[str]
    recovery: str
    openings: dict[str, Any] = field(default_factory=dict)
    agreement: Any = None
    at: datetime = MONDAY

    def __getattr__(self, name: str) -> Actor:
        try:
            return again(self.__dict__["staff"][name])
        except KeyError:
            raise AttributeError(name) from None

    @property
    def later(self) -> datetime:
        """The Monday after."""
        return self.at + timedelta(days=7)

    def row(self, name: str) -> Staff:
        return Staff.objects.select_related("keypair").get(pk=self.staff[name].id)

    def slot(self, days: int = 1, opening: str = "lin") -> dict[str, Any]:
        starts = self.at.replace(hour=4, minute=20) + timedelta(days=days)
        return {
            "opening": self.openings[f"{opening}{days % 7}"],
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=MINUTES),
        }

    def visit(self, name: str = "李小雨", *, account: bool = True, by: Actor | None = None, **card: str) -> Visit:
        """A new client, the registration form complete; with an account of the own, unless the school allows no phones."""
        card = {"class_name": "高二5班", "reach": clients.COMES_BY, **card}
        client = clients.open_client(by=by or self.lin, at=self.at, identity=clients.Identity(name, **card))
        code = keys.new_activation_code()
        if not account:
            return Visit(self, client, None, code)
        clients.give_code(by=self.lin, at=self.at, client=client, code=code)
        return Visit(self, client, open_account(client, code, self.at), code)

    def next_fortnight(self) -> None:
        self.at = MONDAY + timedelta(days=14 * next(_fortnights))


def open_account(client: Client, code: str, at: datetime, passphrase: str = PASSPHRASE) -> Actor:
    """What the page of a new account does: own pair, passphrase, introduction by the code, a session."""
    found = clients.code_for(code)
    assert found is not None, "the code was given a moment ago"
    pair, both = keys.new_keypair("client", client.pk, at=at)
    keys.lock_under(pair, "locked", both, passphrase)
    keys.introduce(pair, keys.introduction(code))
    session, _ = entrance.new_session(Kind.CLIENT, client.pk, pair.pk, both, at=at)
    clients.open_account(by=DOOR, at=at, code=found, keypair=pair, sign_in=new_sign_in(), session=session)
    return Actor(Kind.CLIENT, client.pk, opener(pair.pk, both))


def _founder(at: datetime) -> tuple[Actor, list[str], str]:
    """The lead, the three sheets in order, and the lead's recovery code."""
    pair, private, both = key_for("staff", uuid4(), at, PASSPHRASE)
    recovery = keys.new_recovery_code()
    keys.lock_under(pair, "recovery", both, keys.tidy_code(recovery))
    session, _ = entrance.new_session(Kind.STAFF, pair.of, pair.pk, both, at=at)
    founding.found(by=DOOR, at=at, name="沈若兰", sign_in="shen", keypair=pair, private=private, session=session)
    lead = Actor(Kind.STAFF, pair.of, private)
    sheets = []
    for number in (1, 2, 3):
        seat, sheet = founding.new_seat(number, at)
        founding.seat(by=again(lead), at=at, number=number, pair=seat)
        sheets.append(sheet)
    founding.seal(by=again(lead), at=at)
    return lead, sheets, recovery


def found(at: datetime = MONDAY, *, principal: bool = True) -> Center:
    """A center of the school in force, ready for its first client (unless the principal has not signed)."""
    lead, sheets, recovery = _founder(at)
    publish_first(again(lead), at)
    staff = {"lead": lead}
    for n, part in enumerate(PEOPLE):  # one after the other: the first counselor after Lin is the deputy
        staff[part.sign_in] = join(part, again(lead), PASSPHRASE, at + timedelta(seconds=n))
    center = Center(context.school_in_force(), at, staff, sheets, recovery)
    for part in PEOPLE:
        if part.signs:
            sign_and_receive(center.staff[part.sign_in], at)
    counselors = [center.row(name) for name in ("lin", "zhou", "fang")]
    person.found_teams(by=center.lead, at=at, counselors=counselors, custodians=counselors[1:2])
    center.agreement = consent.publish_agreement(by=center.lead, at=at, **proposed())
    if principal:
        standing.sign_principal_page(by=center.lead, at=at, signer="何校长", text_zh="不问", text_en="no list")
    _hours(center, at)
    return center


def _hours(center: Center, at: datetime) -> None:
    """Noon of every school day: Lin and Fang share a room, Zhou has another."""
    shared, other = (appointment.add_room(by=center.lead, at=at, name=name) for name in ("B203", "B205"))
    for name, room in (("lin", shared), ("fang", shared), ("zhou", other)):
        by = getattr(center, name)
        for weekday in range(5):
            center.openings[f"{name}{weekday}"] = _hour(by, at, room, weekday, past_the_charter=name == "fang")


def _hour(by: Actor, at: datetime, room: Any, weekday: int, *, past_the_charter: bool) -> Any:
    """Weekly hours do not overlap; those of Fang in Lin's room are older than that rule, so that rooms can clash."""
    hour: dict[str, Any] = {"room": room, "weekday": weekday, "starts": NOON, "minutes": MINUTES}
    if past_the_charter:
        return by_owner(Opening(staff_id=by.id, since=at.date(), **hour))
    return appointment.set_opening(by=by, at=at, **hour)


class _Own:
    """One founded center that is lent to one test after the other, its rows put back after each."""

    def __init__(self) -> None:
        with context.on(new_school()):
            self._made = found()
        self._kept = Kept(self._made.school.id)
        self.lent = False

    @contextmanager
    def lend(self) -> Iterator[Center]:
        self.lent = True
        try:
            school = School.objects.get(pk=self._made.school.id)
            with context.on(school):
                calendar()  # as founding left it: read
                yield self._as_new(school)
        finally:
            self._kept.put_back()
            for file in witness.folder().glob(f"{self._made.school.id}[-.]*"):
                file.unlink()  # checkpoints of a log that is no more
            self.lent = False

    def _as_new(self, school: School) -> Center:
        """As it was founded: a test may have changed what it was lent."""
        made = self._made
        hours = Opening.objects.in_bulk([one.pk for one in made.openings.values()])
        return replace(
            made,
            school=school,
            staff={name: again(one) for name, one in made.staff.items()},
            sheets=list(made.sheets),
            openings={name: hours[one.pk] for name, one in made.openings.items()},
            agreement=type(made.agreement).objects.get(pk=made.agreement.pk),
        )


_own: list[_Own] = []  # made at its first use


@contextmanager
def own() -> Iterator[Center]:
    """A center that nobody else uses meanwhile; a second one at the same time is founded."""
    if not _own:
        _own.append(_Own())
    if _own[0].lent:
        with context.on(new_school()):
            yield found()
    else:
        with _own[0].lend() as center:
            yield center


@pytest.fixture(scope="session")
def shared_center(database: None) -> Center:
    """Founded once a run."""
    with context.on(new_school()):
        return found()


@pytest.fixture
def center(shared_center: Center) -> Iterator[Center]:
    """The shared center, in a fortnight of this test's own."""
    with context.on(shared_center.school):
        shared_center.next_fortnight()
        none_late(shared_center)
        yield shared_center


def none_late(center: Center) -> None:
    """What earlier tests left without a record is written: three late ones would pause new clients for every later test."""
    left = Duty.objects.using("owner").filter(school_id=center.school.id, kind__in=RECORDS, settled_at=None)
    left.update(settled_at=center.at)


@pytest.fixture
def own_center(database: None) -> Iterator[Center]:
    """A center of this test's own: its keys and pages may be changed."""
    with own() as made:
        yield made


@pytest.fixture
def visit(center: Center) -> Visit:
    """A client with an account, at the shared center."""
    return center.visit()


@pytest.fixture
def booked(visit: Visit) -> Visit:
    """The same with a first booking, the reason said."""
    visit.book(reason="最近总是睡不着")
    return visit
