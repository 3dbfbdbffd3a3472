"""The school's list, the rooms and the hours, the agreement: what has to be there before anybody comes."""

from __future__ import annotations

from datetime import time
from typing import Any

from subrosa.policy.agreement import compose, proposed
from subrosa.policy.wording import Wording
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.queries import free
from subrosa.records.archive.keeping import restored
from subrosa.records.consent import actions as consent
from subrosa.records.duty.actions import recover_house
from subrosa.records.person import actions as person
from subrosa.records.person import entrance
from subrosa.records.person.queries import staff
from subrosa.records.roster import actions as roster
from subrosa.records.roster.letter import Answer, Consent
from subrosa.records.roster.queries import first_students, letter_of, size
from subrosa.records.standing import actions as standing
from subrosa.records.standing.queries import version_in_force
from subrosa.records.vault import keys

from .steps_founding import PASSPHRASE
from .walk import REFUSED, Walk

NOON, AFTERNOON = time(12, 20), time(16, 40)
DAYS = {1: "Tuesday", 3: "Thursday"}
ALL_SEEN = 3


def the_list_is_imported(walk: Walk) -> None:
    """The school's own list; one that names cases is refused, and leadership imports nothing."""
    cards = walk.cards
    walk.press(
        "import a list that says who comes",
        roster.import_roster,
        by="sun",
        must=REFUSED,
        under=("CONF-05",),
        cards=cards,
        headings=("学号", "姓名", "来访次数"),
    )
    walk.press(
        "leadership imports a list", roster.import_roster, by="qian", must=REFUSED, under=("CONF-05",), cards=cards
    )
    walk.press("import the school's list", roster.import_roster, by="sun", under=("CONF-05",), cards=cards)
    walk.press("import the same list again", roster.import_roster, by="sun", under=("CONF-05",), cards=cards)
    walk.look("nobody is doubled by it", by="sun", sees=size() == len(cards), under=("CONF-05",))


def every_family_is_asked(walk: Walk) -> None:
    """The enrollment letter: each family's answer lies beside the list, and a second list takes none away."""
    first, second = first_students(2)
    answers = {first.id: Answer(Consent.YES), second.id: Answer(Consent.NO, talk_wanted=True)}
    walk.press(
        "a counselor notes a family's answer",
        roster.record_letters,
        by="lin",
        must=REFUSED,
        under=("CON-01",),
        answers=answers,
    )
    walk.press("note two families' answers", roster.record_letters, by="shen", under=("CON-01",), answers=answers)
    walk.press("import the list once more", roster.import_roster, by="sun", under=("CONF-05",), cards=walk.cards)
    kept = [found.consent for one in (first, second) if (found := letter_of(one.id))]
    walk.look("the answers are still there", by="shen", sees=kept == [Consent.YES, Consent.NO], under=("CON-01",))


def zhou_receives_too(walk: Walk) -> None:
    """The second counselor signs and receives; he will be the outsider to the first one's case."""
    version = version_in_force()
    walk.press("zhou signs the code", standing.sign_code, by="zhou", under=("ETH-01",), version=version, seen=ALL_SEEN)
    walk.press("zhou receives clients", standing.receive_clients, by="zhou", under=("COMP-01",))


def rooms_and_hours(walk: Walk) -> None:
    """Two rooms; weekly hours of the profile's lengths. Only a counselor offers hours."""
    first = walk.press("add a room", appointment.add_room, by="shen", under=("APPT-01",), name="B203")
    second = walk.press("add a second room", appointment.add_room, by="lin", under=("APPT-01",), name="B205")
    for number, day in DAYS.items():
        walk.press(
            f"lin offers {day} noon",
            appointment.set_opening,
            by="lin",
            under=("APPT-01",),
            room=first,
            weekday=number,
            starts=NOON,
            minutes=30,
        )
        hour: dict[str, Any] = {"weekday": number, "starts": NOON, "minutes": 30}
        walk.press(
            f"zhou offers {day} noon in the same room",
            appointment.set_opening,
            by="zhou",
            must=REFUSED,
            under=("APPT-01",),
            missing=("free_hour",),
            room=first,
            **hour,
        )
        walk.things[f"zhou, {day}"] = walk.press(
            f"zhou offers {day} noon in another room",
            appointment.set_opening,
            by="zhou",
            under=("APPT-01", "APPT-04"),
            room=second,
            **hour,
        )
    walk.things["room"] = first
    walk.look("the hours can be booked", by="lin", sees=bool(free([walk.id("lin")], walk.at)), under=("APPT-01",))


def hours_that_are_not_offered(walk: Walk) -> None:
    """None longer than the profile's, and only a counselor's own."""
    first = walk.things["room"]
    walk.press(
        "lin offers an hour of 90 minutes",
        appointment.set_opening,
        by="lin",
        must=REFUSED,
        under=("APPT-04",),
        missing=("listed_length",),
        room=first,
        weekday=0,
        starts=AFTERNOON,
        minutes=90,
    )
    walk.press(
        "the lead offers an hour",
        appointment.set_opening,
        by="shen",
        must=REFUSED,
        under=("APPT-01",),
        room=first,
        weekday=0,
        starts=AFTERNOON,
        minutes=30,
    )


def an_hour_is_withdrawn(walk: Walk) -> None:
    """An hour that is offered no more; a page that still shows it will book nothing."""
    room = walk.things["room"]
    offered = walk.press(
        "lin offers a late hour",
        appointment.set_opening,
        by="lin",
        under=("APPT-01",),
        room=room,
        weekday=4,
        starts=AFTERNOON,
        minutes=40,
    )
    walk.things["vanished"] = next(one for one in free([walk.id("lin")], walk.at) if one.opening.pk == offered.pk)
    walk.press("and withdraws it", appointment.end_opening, by="lin", under=("APPT-01",), opening=offered)


def the_agreement_is_published(walk: Walk) -> None:
    """One page with all its points, in two texts; its exceptions come from the table of grounds."""
    whole = proposed()
    short, _ = compose(frozenset({"limits"}), Wording.SIMPLE)
    silent: tuple[tuple[str, dict[str, str], str], ...] = (
        ("is silent on the limits in the simpler Chinese", {"simple_zh": short}, "limits.simple.zh"),
        ("has no text in simpler words", {"simple_zh": "", "simple_en": ""}, "simpler_text"),
    )
    for what, other, missing in silent:
        walk.press(
            f"publish an agreement that {what}",
            consent.publish_agreement,
            by="shen",
            must=REFUSED,
            under=("CON-02",),
            missing=(missing,),
            **{**whole, **other},
        )
    walk.things["agreement"] = walk.press(
        "publish the agreement",
        consent.publish_agreement,
        by="shen",
        under=("CON-02", "CON-03", "CON-04", "CON-09"),
        **whole,
    )


def sessions_and_the_house(walk: Walk) -> None:
    """Signing in, going on elsewhere by an own link, and the note of the clock after a recovery."""
    opened = entrance.try_passphrase("lin", PASSPHRASE)
    assert opened is not None and staff(opened.holder) is not None, "lin chose this passphrase"
    session, _ = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=walk.at)
    walk.press("lin signs in with the passphrase", person.sign_in, by="lin", under=("CONF-07",), session=session)
    wrong = entrance.try_passphrase("lin", "not the passphrase")
    walk.look("a wrong passphrase opens nothing", by="door", sees=wrong is None, under=("CONF-07",))
    link, _token = entrance.carrying_link(opened, at=walk.at)
    walk.press("lin makes a link for another device", person.own_link, by="lin", under=("CONF-07",), link=link)
    again, _ = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=walk.at)
    walk.press("lin goes on by that link", person.hand_over, by="door", under=("COMP-01",), link=link, session=again)
    link.refresh_from_db()
    more, _ = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=walk.at)
    walk.press(
        "somebody else uses it too",
        person.hand_over,
        by="door",
        must=REFUSED,
        under=("COMP-01",),
        missing=("unused_link",),
        link=link,
        session=more,
    )
    pair = entrance.pair_of(opened.kind, opened.holder)
    assert pair is not None, "lin has one"
    keys.lock_under(pair, "locked", opened.private, f"{PASSPHRASE} anew")
    last, _ = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=walk.at)
    walk.press("lin takes a new passphrase", person.renew_locks, by="lin", under=("CONF-07",), pair=pair, session=last)
    before, after = (entrance.try_passphrase("lin", one) for one in (PASSPHRASE, f"{PASSPHRASE} anew"))
    fits = before is None and after is not None
    walk.look("the old one opens nothing, the new one the same keys", by="lin", sees=fits, under=("CONF-07",))
    walk.press("the clock notes that the house came back", recover_house, by="clock", under=("CONF-04",))
    walk.press("the clock notes that a backup was put back", restored, by="clock", under=("CONF-04", "REC-04"))


STEPS = (
    the_list_is_imported,
    every_family_is_asked,
    zhou_receives_too,
    rooms_and_hours,
    hours_that_are_not_offered,
    an_hour_is_withdrawn,
    the_agreement_is_published,
    sessions_and_the_house,
)
