"""Somebody known comes once more under a nickname: put together after being asked, taken apart, and put together for good."""

from __future__ import annotations

from typing import Any

from subrosa.policy.actor import Actor, Kind
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.first import first_contact
from subrosa.records.appointment.queries import booking, free
from subrosa.records.archive import actions as archive
from subrosa.records.case.queries import case as file_of
from subrosa.records.merging import actions as merging
from subrosa.records.note import actions as notes
from subrosa.records.person import clients, doorway, returning
from subrosa.records.vault.opener import opener

from .walk import NOT_YET, REFUSED, Walk

NICKNAME, WORDS = "小雨滴", "这次想先不说名字。"


def rain_comes_under_a_nickname(walk: Walk) -> None:
    """At the door, although there is an account: perhaps the passphrase is lost, perhaps it is meant so."""
    code = returning.new_code()
    made = walk.press(
        "rain holds a time under a nickname",
        first_contact,
        by="door",
        under=("APPT-01",),
        newcomer=returning.newcomer(code, walk.at),
        identity=clients.Identity(NICKNAME, reach=clients.COMES_BY, urgent=True),
        offer=free([walk.id("lin")], walk.at)[0],
        reason=WORDS,
    )
    came = clients.client(made.client_id)
    walk.press("the desk takes over who came", doorway.adopt, by="he", under=("CONF-05",), client=came)
    walk.things.update(drop=code, drop_came=made)


def _both(walk: Walk) -> dict[str, Any]:
    """The two as they stand now."""
    return {
        "client": clients.client(walk.things["drop_came"].client_id),
        "older": clients.client(walk.things["rain"].pk),
    }


def one_student_after_being_asked(walk: Walk) -> None:
    """Not unseen, not unasked, not by who does not hold the files; then one page, and back again within the day."""
    put = merging.put_together
    yes: dict[str, Any] = {"agreed": True, "seen": True}
    walk.press("reception puts the two together", put, by="he", must=REFUSED, under=("APPT-01",), **_both(walk), **yes)
    walk.press("zhou puts them together", put, by="zhou", must=NOT_YET, under=("CONF-02",), **_both(walk), **yes)
    asked: dict[str, Any] = {"must": NOT_YET, "under": ("CLIENT-01",), "missing": ("student_agreed",)}
    walk.press("lin does, and has not asked", put, by="lin", **asked, seen=True, **_both(walk))
    merge = walk.press("lin does, after asking", put, by="lin", under=("CLIENT-01", "CONF-05"), **_both(walk), **yes)
    _it_opens(walk, merge)
    apart = merging.take_apart
    walk.press("zhou takes them apart", apart, by="zhou", must=REFUSED, under=("CONF-02",), merge=merge)
    walk.press("lin takes them apart: a mistake", apart, by="lin", under=("REC-04",), merge=merge)
    ended = file_of(merge.ended_id or merge.pk)
    walk.look("the second file goes on", by="lin", sees=ended is not None and ended.state == "open", under=("REC-04",))
    number = ended.number if ended else None
    merge = walk.press("it was no mistake after all", put, by="lin", under=("APPT-01",), **_both(walk), **yes)
    again = file_of(merge.ended_id or merge.pk)
    same = again is not None and (again.state, again.number) == ("closed", number)
    walk.look("its number is the one that it had", by="lin", sees=same, under=("REC-04",))
    held = booking(walk.things["drop_came"].pk)
    walk.press("the time is given back", appointment.cancel, by="rain", under=("CLIENT-01",), booking=held)
    walk.press("the file that ended goes to the archive", archive.archive, by="lin", under=("REC-04",), case=again)


def _it_opens(walk: Walk, merge: Any) -> None:
    """The sixteen digits and the account open the same things."""
    found = returning.open_with(walk.things["drop"])
    assert found is not None, "the digits stay"
    walk.meet("drop", "client", Actor(Kind.CLIENT, found.client, opener(found.pair, found.private)))
    walk.look("the digits lead to the same page", by="drop", sees=found.client == merge.client_id, under=("APPT-01",))
    said = walk.press("read the own words by account", notes.read_reasons, by="rain", case=merge.case)
    walk.look("the words at the door are among them", by="rain", sees=WORDS in said.values(), under=("CONF-02",))


STEPS = (rain_comes_under_a_nickname, one_student_after_being_asked)
