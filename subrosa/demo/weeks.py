"""Some weeks at the demonstration center: clients, bookings and records in every state, by the same acts that people press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import uuid4

from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.agreement import proposed
from subrosa.policy.danger import NO_DANGER, Danger, DangerAnswer
from subrosa.policy.grounds import STAYS, cards
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import queries as offered
from subrosa.records.case.queries import open_case_of
from subrosa.records.consent import actions as consent
from subrosa.records.consent.points import HEARD, UNDERSTOOD
from subrosa.records.consent.queries import in_force
from subrosa.records.consent.understanding import guess, talk_over
from subrosa.records.duty.actions import set_calendar
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.note.parts import NoteText
from subrosa.records.person import clients, entrance
from subrosa.records.person.names import new_sign_in
from subrosa.records.roster.queries import Found
from subrosa.records.school.calendar import calendar
from subrosa.records.vault import keys
from subrosa.records.vault.opener import opener
from subrosa.timetable.year import Entry
from subrosa.timetable.year import Kind as Days

from .agreed import close_and_archive, plan_together

NOON, EVENING = time(12, 20), time(16, 40)
MINUTE = timedelta(minutes=1)
STAYED_AWAY = timedelta(days=63)  # long enough for a case to rest, whatever holidays lie in between
REASONS = (
    "最近总是睡不好，一到晚上就想很多。",
    "和宿舍的人闹翻了，不知道怎么回去。",
    "期中没考好，不敢跟家里说。",
    "",
    "想找人说说话。",
    "喜欢上一个人，心里乱。",
)
RECORDS = (
    ("住校，母亲在外地。", "入睡困难两周，担心月考。", "一起画了一周的睡眠记录，谈到父亲的期待。"),
    ("走读，家中独子。", "与同桌争执后不愿进教室。", "角色互换，练习开口的第一句话。"),
    ("这学期刚转学。", "没有朋友，午饭一个人吃。", "列出三个愿意说话的同学，约好先从一起走路开始。"),
)


@dataclass(slots=True)
class Weeks:
    """Who acts, and the moment from which days are counted."""

    now: datetime
    lead: Actor
    lin: Actor
    zhou: Actor
    passphrase: str


def prepare_rooms(weeks: Weeks, at: datetime) -> None:
    """Two rooms, Lin's weekly openings, the agreement in force."""
    consent.publish_agreement(by=weeks.lead, at=at, **proposed())
    first = appointment.add_room(by=weeks.lead, at=at, name="B203")
    second = appointment.add_room(by=weeks.lead, at=at, name="B205")
    for weekday in range(5):
        appointment.set_opening(by=weeks.lin, at=at, room=first, weekday=weekday, starts=NOON, minutes=30)
        appointment.set_opening(by=weeks.lin, at=at, room=first, weekday=weekday, starts=EVENING, minutes=40)
    for weekday in (1, 3):
        appointment.set_opening(by=weeks.zhou, at=at, room=second, weekday=weekday, starts=EVENING, minutes=40)


def year_of(weeks: Weeks, at: datetime) -> None:
    """One examination week and one holiday ahead, with the Saturday that is worked for it."""
    today = calendar().local(weeks.now)
    monday = today - timedelta(days=today.weekday())
    quiet, holiday = monday + timedelta(weeks=3), monday + timedelta(weeks=5)
    entries = (
        Entry(Days.QUIET, quiet, quiet + timedelta(days=4)),
        Entry(Days.HOLIDAY, holiday, holiday + timedelta(days=2)),
        Entry(Days.WORKED, holiday - timedelta(days=2), holiday - timedelta(days=2)),
    )
    set_calendar(by=weeks.lead, at=at, entries=entries)


def identity_of(found: Found) -> clients.Identity:
    """What the desk keeps of a student of the list."""
    card = found.card
    reach = "" if card.phone else clients.COMES_BY  # many bring no phone to school
    return clients.Identity(
        card.name, card.number, card.group, card.phone, roster=str(found.id), reach=reach, born=card.born
    )


def open_account(weeks: Weeks, client: clients.Client, at: datetime) -> Actor:
    """A client with an account, from the desk's code."""
    code = keys.new_activation_code()
    clients.give_code(by=weeks.lin, at=at, client=client, code=code)
    row = clients.code_for(code)
    assert row is not None, "the code was given a moment ago"
    pair, both = keys.new_keypair("client", client.pk, at=at)
    keys.lock_under(pair, "locked", both, weeks.passphrase)
    keys.introduce(pair, keys.introduction(code))
    session, _ = entrance.new_session(Kind.CLIENT, client.pk, pair.pk, both, at=at)
    clients.open_account(by=DOOR, at=at, code=row, keypair=pair, sign_in=new_sign_in(), session=session)
    entrance.end(session.pk)
    return Actor(Kind.CLIENT, client.pk, opener(pair.pk, both))


def _book(weeks: Weeks, by: Actor, client: clients.Client, at: datetime, reason: str = "") -> appointment.Booking:
    """The next free time of Lin's after `at`."""
    offer = offered.free([weeks.lin.id], at)[0]
    return appointment.book(
        by=by,
        at=at,
        client=client,
        opening=offer.opening,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        reason=reason,
    )


def _record(weeks: Weeks, booking: appointment.Booking, n: int) -> None:
    situation, problem, course = RECORDS[n % len(RECORDS)]
    text = NoteText(
        {"situation": situation, "problem": problem, "course": course},
        {"advice": "listened", "effect": "too_early", "other": "none"},
        asked=Asked(_danger(weeks, booking, n)),
    )
    notes.write(by=weeks.lin, at=booking.ends_at + 20 * MINUTE, case=booking.case, booking=booking, text=text)


def _danger(weeks: Weeks, booking: appointment.Booking, n: int) -> DangerAnswer:
    """None, but for one that is watched over: what is to be done next stands on the desk and in the file."""
    if n == 0 or booking.ends_at < weeks.now - timedelta(days=14):
        return NO_DANGER
    day = calendar().local(weeks.now + timedelta(days=3))
    return DangerAnswer(Danger.WATCH, step="课间再问一次睡得怎么样。", day=day.isoformat())


def _hold(weeks: Weeks, booking: appointment.Booking) -> appointment.Booking:
    return appointment.hold(by=weeks.lin, at=booking.ends_at, booking=booking, promise_said=True)


def _sign(weeks: Weeks, me: Actor, client: clients.Client, at: datetime) -> None:
    case, agreement = open_case_of(client.pk), in_force()
    assert case is not None, "the first booking opened it"
    assert agreement is not None, "the lead published one"
    guesses = {card.key: HEARD for card in cards()}  # somebody who thinks that everything is told: two were otherwise
    guess(by=me, at=at, case=case, guesses=guesses, language="zh-hans")
    # One after the other, as people press: what stands on a page by its time has an order.
    consent.give(by=me, at=at + MINUTE, case=case, agreement=agreement, language="zh-hans")
    talk_over(by=weeks.lin, at=at + 2 * MINUTE, case=case, said={card.key: UNDERSTOOD for card in STAYS})


def _meetings(
    weeks: Weeks, me: Actor, client: clients.Client, start: datetime, count: int
) -> list[appointment.Booking]:
    """A client who booked, signed after the first meeting, and came `count` times; every meeting with its record."""
    done = []
    at = start
    for n in range(count):
        booking = _hold(weeks, _book(weeks, me, client, at, REASONS[n % len(REASONS)]))
        if n == 0:
            _sign(weeks, me, client, booking.ends_at)
        _record(weeks, booking, n)
        done.append(booking)
        at = booking.ends_at + timedelta(days=6)
    return done


def old_file(weeks: Weeks, found: Found, at: datetime) -> None:
    """A file from years ago whose retention is over; the same student came once more some weeks ago, and that case rests."""
    client = clients.open_client(by=weeks.lin, at=at, identity=identity_of(found))
    me = open_account(weeks, client, at)
    last = _meetings(weeks, me, client, at, 2)[-1]
    close_and_archive(weeks.lin, me, last)
    _meetings(weeks, me, client, weeks.now - STAYED_AWAY, 1)


def some_weeks(weeks: Weeks, students: list[Found]) -> None:
    """Running cases, a closed one, one owed, a no-show, a cancellation, times ahead."""
    start = weeks.now - timedelta(days=32)
    made = [clients.open_client(by=weeks.lin, at=start, identity=identity_of(one)) for one in students]
    order = (0, 3, 1, 2)  # the newest is the first that the house names: somebody with much to look at
    opened = zip(made[:4], order, strict=True)
    closing, running, fresh, ahead = (open_account(weeks, one, start + timedelta(minutes=n)) for one, n in opened)
    close_and_archive(weeks.lin, closing, _meetings(weeks, closing, made[0], start, 2)[-1])
    latest = _meetings(weeks, running, made[1], weeks.now - timedelta(days=16), 2)[-1]  # a talk is owed at the third
    plan_together(weeks.lin, latest)
    first = _hold(weeks, _book(weeks, fresh, made[2], weeks.now - timedelta(days=4), REASONS[1]))
    guesses = {card.key: HEARD for card in cards()}  # two of them were otherwise: they stand on the page of the record
    guess(by=fresh, at=first.ends_at, case=first.case, guesses=guesses, language="zh-hans")
    notes.keep_draft(
        by=weeks.lin, at=first.ends_at, case=first.case, booking=first, text=NoteText({"situation": "住校，四人间。"})
    )
    missed = _book(weeks, weeks.lin, made[4], weeks.now - timedelta(days=6))
    appointment.note_no_show(by=weeks.lin, at=missed.ends_at, booking=missed)
    dropped = _book(weeks, ahead, made[3], weeks.now - timedelta(days=3), REASONS[2])
    appointment.cancel(by=ahead, at=dropped.starts_at - timedelta(hours=2), booking=dropped)
    for by, client, reason in ((running, made[1], REASONS[4]), (ahead, made[3], REASONS[5]), (weeks.lin, made[5], "")):
        _book(weeks, by, client, weeks.now, reason)


def fresh_code(lin: Actor, at: datetime) -> str:
    """A code for a student without an account, for trying the way in."""
    client = clients.open_client(by=lin, at=at, identity=clients.Identity(f"演示同学 {uuid4().hex[:4]}"))
    code = keys.new_activation_code()
    clients.give_code(by=lin, at=at, client=client, code=code)
    return code
