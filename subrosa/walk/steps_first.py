"""Without an account: a nickname holds a time, sixteen digits lead back, the desk takes over; and a passphrase that was lost."""

from __future__ import annotations

from typing import Any

from subrosa.policy.actor import Actor, Kind
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.first import first_contact
from subrosa.records.appointment.queries import Offer, free
from subrosa.records.case import actions as cases
from subrosa.records.case.queries import account_without_key, who_can_open
from subrosa.records.helpline import actions as numbers
from subrosa.records.helpline import queries as lines
from subrosa.records.note import actions as notes
from subrosa.records.person import clients, doorway, entrance, returning
from subrosa.records.vault.opener import opener

from . import thief
from .steps_booking import open_account_of
from .walk import NOT_YET, REFUSED, Walk

NICKNAME, CRY = "小鹿", "说不上来，就是每天都不想醒。"
TRIES = 5


def _offer(walk: Walk) -> Offer:
    """The next time of anybody who receives."""
    return free([walk.id("lin")], walk.at)[0]


def a_nickname_holds_a_time(walk: Walk) -> None:
    """No name, no account: the words are sealed at once, and nobody who copies the database reads them."""
    code = returning.new_code()
    offer = _offer(walk)
    who = clients.Identity(NICKNAME, reach=clients.NO_CONTACT)
    given: dict[str, Any] = {"newcomer": returning.newcomer(code, walk.at), "identity": who, "reason": CRY}
    booking = walk.press(
        "hold a first time at the door",
        first_contact,
        by="door",
        under=("APPT-01", "CLIENT-01", "CONF-05"),
        offer=offer,
        **given,
    )
    again = {**given, "newcomer": returning.newcomer(returning.new_code(), walk.at)}
    walk.press(
        "somebody else holds the same time",
        first_contact,
        by="door",
        must=REFUSED,
        under=("APPT-01",),
        offer=offer,
        **again,
    )
    walk.things.update(digits=code, deer=booking)
    found = thief.readable(NICKNAME, CRY, code)
    walk.look(
        "neither nickname nor words nor digits lie readable in any table",
        by="thief",
        sees=not found,
        under=("CONF-04",),
    )
    duty = any(one.kind == "duty" for one in who_can_open(booking.case_id))
    walk.look("the duty team can read it until the first meeting", by="lin", sees=duty, under=("APPT-01",))


def the_digits_lead_back(walk: Walk) -> None:
    """Wrong ones wait after five; the right ones open the own things."""
    code = walk.things["digits"]
    wrong = code[:4] + "0" * 12
    for n in range(TRIES):
        walk.press(f"type wrong digits, {n + 1}", returning.try_code, by="door", under=("CONF-04",), code=wrong)
        walk.things["opens"] = returning.open_with(wrong)
    walk.press(
        "type digits once more",
        returning.try_code,
        by="door",
        must=NOT_YET,
        under=("CONF-04",),
        missing=("an_hour",),
        code=code,
    )
    walk.look("wrong digits opened nothing", by="door", sees=walk.things["opens"] is None, under=("CONF-04",))
    walk.wait(hours=1, minutes=1)
    walk.press("type the right digits an hour later", returning.try_code, by="door", under=("CONF-04",), code=code)
    found = returning.open_with(code)
    assert found is not None, "these are the digits that were shown"
    walk.meet("deer", "client", Actor(Kind.CLIENT, found.client, opener(found.pair, found.private)))
    session, _ = entrance.new_session(Kind.CLIENT, found.client, found.pair, found.private, at=walk.at)
    walk.press("come back", returning.come_back, by="deer", under=("CLIENT-01",), code=code, session=session)
    booking = walk.things["deer"]
    said = walk.press("read the own words", notes.read_reasons, by="deer", under=("CONF-02",), case=booking.case)
    walk.look("they are what was written", by="deer", sees=said == {booking.pk: CRY}, under=("CONF-02",))


def the_desk_takes_over(walk: Walk) -> None:
    """The next open desk; nobody whose task it is not."""
    booking = walk.things["deer"]
    client = clients.client(booking.client_id)
    walk.press(
        "the lead takes over who came", doorway.adopt, by="shen", must=REFUSED, under=("CONF-05",), client=client
    )
    walk.press("reception takes over who came", doorway.adopt, by="he", under=("CONF-05",), client=client)
    shown = walk.press("the desk reads the nickname", clients.read_identities, by="lin", clients=[booking.client_id])
    who = shown[booking.client_id]
    walk.look(
        "and that nobody is to call", by="lin", sees=who.name == NICKNAME and who.not_to_be_called, under=("CONF-05",)
    )
    walk.press("deer gives the time back", appointment.cancel, by="deer", under=("CLIENT-01",), booking=booking)


def an_account_after_its_case(walk: Walk) -> None:
    """The key of what is shared is handed over by who holds the case, after seeing the person; and anew when it was lost."""
    who = clients.Identity("演示同学")
    client = walk.press("receive somebody without an account", clients.open_client, by="he", identity=who)
    walk.things["rain"] = client
    offer = _offer(walk)
    booking = walk.press(
        "the desk holds a time for rain",
        appointment.book,
        by="he",
        client=client,
        opening=offer.opening,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
    )
    case = booking.case
    share: dict[str, Any] = {"case": case}
    walk.press(
        "lin hands over the key before there is an account",
        cases.share_with_client,
        by="lin",
        must=NOT_YET,
        under=("CONF-02",),
        missing=("account",),
        **share,
    )
    open_account_of(walk, "rain", "a slip after the booking")
    walk.press("zhou hands over the key", cases.share_with_client, by="zhou", must=REFUSED, under=("CONF-02",), **share)
    walk.press("lin hands over the key", cases.share_with_client, by="lin", under=("CONF-02", "CON-09"), **share)
    walk.look("rain's account holds it", by="rain", sees=not account_without_key(case), under=("CON-09",))
    open_account_of(walk, "rain", "a slip after the passphrase was lost")
    walk.look("the account made anew does not", by="rain", sees=account_without_key(case), under=("CONF-02",))
    walk.press("lin hands it over anew", cases.share_with_client, by="lin", under=("CONF-02",), **share)
    walk.press("rain gives the time back", appointment.cancel, by="rain", under=("CLIENT-01",), booking=booking)


def the_numbers_on_the_help_page(walk: Walk) -> None:
    """Called each term; a line that may not answer is never the last; somebody is on duty."""
    talk = lines.line("12356")
    assert talk is not None, "it ships with every school of this kind"
    walk.press("note that 12356 was called", numbers.note_test_call, by="shen", under=("RISK-04",), line=talk)
    walk.press(
        "move 12356 to the end of the list",
        numbers.set_line,
        by="shen",
        must=REFUSED,
        under=("RISK-04",),
        change=numbers.Change.of(talk, place=99),
    )
    hours = ("每天 8 点到次日 2 点", "from 8 to 2 at night")
    walk.press(
        "enter its hours here",
        numbers.set_line,
        by="lin",
        under=("RISK-04",),
        change=numbers.Change.of(talk, hours=hours),
    )
    walk.press("say who is on duty", numbers.set_on_duty, by="lin", under=("RISK-04",), name="林知夏", room="B203")
    walk.press(
        "leadership says who is on duty", numbers.set_on_duty, by="qian", must=REFUSED, under=("RISK-04",), name="某人"
    )
    duty = lines.on_duty()
    walk.look("the help page says it", by="door", sees=duty is not None and duty.room == "B203", under=("RISK-04",))


STEPS = (
    a_nickname_holds_a_time,
    the_digits_lead_back,
    the_desk_takes_over,
    an_account_after_its_case,
    the_numbers_on_the_help_page,
)
