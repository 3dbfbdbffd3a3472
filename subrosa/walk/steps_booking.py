"""From the desk's slip to the booked time: clients, accounts, bookings and the clashes that are refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrosa.policy.actor import Actor, Kind
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.queries import free
from subrosa.records.note import actions as notes
from subrosa.records.person import clients
from subrosa.records.person.names import new_sign_in
from subrosa.records.roster.queries import first_students
from subrosa.records.school.calendar import calendar
from subrosa.records.standing import actions as standing
from subrosa.records.vault import keys

from .steps_founding import key_for
from .steps_school import DAYS, NOON
from .walk import NOT_YET, REFUSED, Walk

REASON = "最近总是睡不好，一到晚上就想很多。"
PAGE = (
    "来没来过心理辅导室、谈了什么，学校不问，心理辅导室不说。",
    "Whether somebody came and what was said is not asked by the school and not told by the center.",
)


def clients_get_their_slips(walk: Walk) -> None:
    """Three students are clients at the desk; a slip carries the code. The steward opens no client."""
    students = first_students(3)
    for name, found in zip(("ming", "yue", "hao"), students, strict=True):
        card = found.card
        who = clients.Identity(card.name, card.number, card.group, roster=str(found.id), reach=clients.COMES_BY)
        walk.things[name] = walk.press(
            f"open client {name} at the desk", clients.open_client, by="he", under=("CONF-05",), identity=who
        )
    walk.press(
        "the steward opens a client",
        clients.open_client,
        by="sun",
        must=REFUSED,
        under=("CONF-05",),
        identity=clients.Identity("某人"),
    )
    rows = [walk.things[name].pk for name in ("ming", "yue", "hao")]
    shown = walk.press("the desk reads its names", clients.read_identities, by="he", under=("CONF-05",), clients=rows)
    right = [shown[key].name for key in rows] == [found.card.name for found in students]
    walk.look("they are those of the list", by="he", sees=right, under=("CONF-05",))
    walk.press(
        "leadership reads the names", clients.read_identities, by="qian", must=REFUSED, under=("CONF-05",), clients=rows
    )


def _code(walk: Walk, name: str, which: str = "a code") -> tuple[str, Any]:
    code = keys.new_activation_code()
    client = walk.things[name]
    walk.press(f"give {name} {which}", clients.give_code, by="he", under=("CONF-05",), client=client, code=code)
    return code, clients.code_for(code)


def _with_key(walk: Walk, name: str, code: str) -> tuple[dict[str, Any], Actor]:
    """What the client's own browser makes: a pair that the code's secret introduces."""
    client = walk.things[name]
    pair, private, (session, _) = key_for("client", client.pk, walk)
    keys.introduce(pair, keys.introduction(code))
    given = {"keypair": pair, "sign_in": new_sign_in(), "session": session}
    return given, Actor(Kind.CLIENT, client.pk, private)


def clients_open_their_accounts(walk: Walk) -> None:
    """With the code, in its days; the sign-in name is made by the program."""
    code, row = _code(walk, "yue", "a first code, which is not used")
    walk.wait(days=clients.CODE_DAYS + 1)
    given, _ = _with_key(walk, "yue", code)
    walk.press(
        "open an account with a code that is too old",
        clients.open_account,
        by="door",
        must=REFUSED,
        under=("COMP-01",),
        missing=("link_in_time",),
        code=row,
        **given,
    )
    for name in ("ming", "yue"):
        open_account_of(walk, name)
        walk.look(
            f"{name}'s code is gone", by="door", sees=clients.waiting_code(walk.id(name)) is None, under=("CONF-05",)
        )


def open_account_of(walk: Walk, name: str, which: str = "a code") -> None:
    """Somebody uses a code: from now on this is the way in, whatever was before."""
    code, row = _code(walk, name, which)
    given, actor = _with_key(walk, name, code)
    step = f"{name} opens the account" + ("" if which == "a code" else f" with {which}")
    walk.press(step, clients.open_account, by="door", under=("CLIENT-01",), code=row, **given)
    walk.meet(name, "client", actor)


def first_offer(walk: Walk) -> dict[str, Any]:
    """Lin's next free time."""
    offer = free([walk.id("lin")], walk.at)[0]
    return {"opening": offer.opening, "starts_at": offer.starts_at, "ends_at": offer.ends_at}


def no_booking_without_the_principals_page(walk: Walk) -> None:
    """What the center will not tell is signed before anybody is booked."""
    ming = walk.things["ming"]
    walk.press(
        "book before the principal has signed",
        appointment.book,
        by="ming",
        must=NOT_YET,
        under=("MGMT-01",),
        missing=("principal_page",),
        client=ming,
        **first_offer(walk),
    )
    walk.press(
        "the steward enters a page of the principal",
        standing.sign_principal_page,
        by="sun",
        must=REFUSED,
        under=("MGMT-01",),
        signer="何校长",
        text_zh=PAGE[0],
        text_en=PAGE[1],
    )
    walk.press(
        "enter the page that the principal signed",
        standing.sign_principal_page,
        by="shen",
        under=("MGMT-01", "MGMT-02"),
        signer="何校长",
        text_zh=PAGE[0],
        text_en=PAGE[1],
    )


def the_first_booking(walk: Walk) -> None:
    """Freely chosen, with a reason that is sealed from its first save; the past and what vanished are refused."""
    ming, offer = walk.things["ming"], first_offer(walk)
    past = {
        **offer,
        "starts_at": offer["starts_at"] - timedelta(days=28),
        "ends_at": offer["ends_at"] - timedelta(days=28),
    }
    walk.press(
        "book a time that has passed",
        appointment.book,
        by="ming",
        must=REFUSED,
        under=("APPT-01",),
        client=ming,
        **past,
    )
    gone = walk.things["vanished"]
    ahead = {"starts_at": gone.starts_at + timedelta(weeks=12), "ends_at": gone.ends_at + timedelta(weeks=12)}
    walk.press(
        "book an hour that is offered no more",
        appointment.book,
        by="ming",
        must=REFUSED,
        under=("APPT-01",),
        missing=("offered_time",),
        client=ming,
        opening=gone.opening,
        **ahead,
    )
    booking = walk.press(
        "ming books the first time",
        appointment.book,
        by="ming",
        under=("APPT-01", "CLIENT-01", "CONF-05", "ETH-05"),
        client=ming,
        reason=REASON,
        **offer,
    )
    walk.things.update(booking=booking, case=booking.case, opening=offer["opening"])


def clashes_are_refused(walk: Walk) -> None:
    """Counselor, room and client are each in one place at a time."""
    booking = walk.things["booking"]
    span = {"starts_at": booking.starts_at, "ends_at": booking.ends_at}
    other = walk.things[f"zhou, {DAYS[calendar().local(booking.starts_at).weekday()]}"]
    for step, who, opening, also in (
        ("yue books the same counselor at that time", "yue", walk.things["opening"], False),
        ("ming books zhou, whose case it is not, in another room at that time", "ming", other, True),
    ):
        walk.press(
            step,
            appointment.book,
            by=who,
            must=REFUSED,
            under=("APPT-01", "COMP-01") if also else ("APPT-01",),
            missing=("free_time", "receiving_counselor") if also else ("free_time",),
            client=walk.things[who],
            opening=opening,
            **span,
        )
    walk.press(
        "yue books for ming",
        appointment.book,
        by="yue",
        must=REFUSED,
        under=("CONF-02",),
        client=walk.things["ming"],
        **first_offer(walk),
    )


def a_room_is_booked_once(walk: Walk) -> None:
    """The weekly hours change after ming booked: the room is zhou's then, and what is booked in it stays booked."""
    booking, mine = walk.things["booking"], walk.things["opening"]
    weekday = calendar().local(booking.starts_at).weekday()
    theirs = walk.things[f"zhou, {DAYS[weekday]}"]
    hour: dict[str, Any] = {"room": walk.things["room"], "weekday": weekday, "starts": NOON, "minutes": 30}
    for name, opening in (("lin", mine), ("zhou", theirs)):
        walk.press(f"{name} ends the hour of that day", appointment.end_opening, by=name, opening=opening)
    swapped = walk.press("zhou offers it in lin's room", appointment.set_opening, by="zhou", under=("APPT-01",), **hour)
    walk.press(
        "yue books that room at ming's time with zhou",
        appointment.book,
        by="yue",
        must=REFUSED,
        under=("APPT-01",),
        missing=("free_time",),
        client=walk.things["yue"],
        opening=swapped,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
    )
    walk.press("zhou gives the room back", appointment.end_opening, by="zhou", opening=swapped)
    walk.things["opening"] = walk.press("lin offers the hour again", appointment.set_opening, by="lin", **hour)


def what_was_said_opens_for_few(walk: Walk) -> None:
    """The reason is read by the counselor and by ming; not by another client, not by the desk that books."""
    case, booking = walk.things["case"], walk.things["booking"]
    for name in ("lin", "ming"):
        read = walk.press(f"{name} reads the reason", notes.read_reasons, by=name, under=("CONF-02",), case=case)
        walk.look(f"{name} sees what was written", by=name, sees=read[booking.pk] == REASON, under=("CONF-02",))
    for name in ("yue", "zhou", "he"):
        walk.press(
            f"{name} reads ming's reason", notes.read_reasons, by=name, must=REFUSED, under=("CONF-02",), case=case
        )


STEPS = (
    clients_get_their_slips,
    clients_open_their_accounts,
    no_booking_without_the_principals_page,
    the_first_booking,
    clashes_are_refused,
    a_room_is_booked_once,
    what_was_said_opens_for_few,
)
