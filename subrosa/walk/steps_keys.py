"""Who is given a key and who is not; and what the program says to keys and texts that somebody planted below it."""

from __future__ import annotations

from typing import Any

from subrosa.policy.roles import Role
from subrosa.records.case import joining
from subrosa.records.case.widening import to_come
from subrosa.records.note import actions as notes
from subrosa.records.person import actions as person
from subrosa.records.person import entrance, teams
from subrosa.records.person.queries import staff

from . import thief
from .steps_booking import REASON
from .steps_founding import come_in, invited
from .steps_session import LATER, SAID, whole
from .walk import NOT_YET, REFUSED, Walk


def only_a_holder_hands_it_on(walk: Walk) -> None:
    """Nobody adds himself; a key that the house has not signed is given nothing."""
    case = walk.things["case"]
    zhou = {"case": case, "colleague": staff(walk.id("zhou"))}
    walk.press("zhou adds himself to the case", joining.grant_case, by="zhou", must=REFUSED, under=("CONF-02",), **zhou)
    walk.press("the lead adds zhou", joining.grant_case, by="shen", must=REFUSED, under=("CONF-02",), **zhou)
    link, token = entrance.new_token()
    invited: dict[str, Any] = {"name": "白老师", "roles": (Role.COUNSELOR,), "link": link, "token": token}
    walk.press("invite bai", person.invite, by="shen", under=("COMP-01",), **invited)
    come_in(walk, "bai", Role.COUNSELOR, token)
    bai: dict[str, Any] = {"case": case, "colleague": staff(walk.id("bai"))}
    walk.press("ming reads that bai is to open it too", joining.show_joining, by="lin", under=("CON-09",), **bai)
    given: dict[str, Any] = {"by": "lin", "must": REFUSED, "under": ("CONF-04",), "told": True, **bai}
    walk.press("hand the case to bai, whose key nobody has signed", joining.grant_case, **given)
    walk.press("not bai after all", joining.drop_joining, by="lin", under=("CON-09",), **bai)
    waits: dict[str, Any] = {"by": "lin", "must": NOT_YET, "under": ("CON-09",), **zhou}
    walk.press("zhou, whom the client's page does not name", joining.grant_case, missing=("joining_shown",), **waits)
    walk.press("now it names him", joining.show_joining, by="lin", under=("CON-09", "CONF-02"), **zhou)
    page = [one.staff_id for one in joining.joinings(case.pk)]
    walk.look("before any key has moved", by="ming", sees=page == [walk.id("zhou")], under=("CON-09",))
    walk.press("at once, and ming does not know", joining.grant_case, missing=("joining_known",), **waits)
    told: dict[str, Any] = {"told": True, "under": ("CONF-02", "CON-09"), **zhou}
    walk.press("lin has told ming and hands the case to zhou as well", joining.grant_case, by="lin", **told)
    pages = walk.press("now zhou opens the file", notes.read_file, by="zhou", under=("CONF-02",), case=case)
    walk.look("and reads it", by="zhou", sees=pages[0].text.as_text() == whole().as_text(), under=("CONF-02",))


def a_team_that_opens_something_grows_slowly(walk: Walk) -> None:
    """By now the teams open something of clients: whoever joins stands on their pages first, or it is said why not."""
    newcomer = invited(walk, "gu", "顾老师", (Role.COUNSELOR,))
    walk.press("certify the key of gu", person.certify, by="shen", under=("COMP-01",), colleague=newcomer)
    waits: dict[str, Any] = {"by": "lin", "must": NOT_YET, "under": ("CON-09",), "newcomer": newcomer}
    walk.press("gu, whom no client's page names", teams.take_in, missing=("widening_shown",), **waits)
    walk.press("now they name him", teams.show_joining, by="lin", under=("CON-09", "CONF-07"), newcomer=newcomer)
    page = [one.staff for one in to_come([walk.things["case"]])]
    walk.look("ming reads it before any key has moved", by="ming", sees=page == [newcomer.pk], under=("CON-09",))
    walk.press("the same day, without a word why", teams.take_in, missing=("widening_waited",), **waits)
    ground: dict[str, Any] = {"at_once": "nobody_on_duty", "newcomer": newcomer}
    walk.press("nobody would be on duty tonight", teams.take_in, by="lin", under=("CONF-07", "CON-09"), **ground)
    said = [one.at_once for one in to_come([walk.things["case"]])]
    walk.look(
        "and ming reads that it was at once, and why", by="ming", sees=said == ["nobody_on_duty"], under=("CON-09",)
    )


def what_is_planted_is_refused(walk: Walk) -> None:
    """A grant without its granter's signature, a text that was moved: nothing is sealed under it, nothing opens."""
    case, note = walk.things["case"], walk.things["note"]
    mine = thief.grants_of(str(case.pk), str(walk.id("lin")))
    walk.forget_opened()
    with thief.altered("vault_grant", "signature", {key: bytes(64) for key in mine}):
        walk.press(
            "add to the record under a key that was planted",
            notes.add,
            by="lin",
            must=REFUSED,
            under=("CONF-04",),
            note=note,
            text=whole(LATER),
        )
    walk.forget_opened()
    foreign = bytes(note.body[:-1]) + bytes([note.body[-1] ^ 1])
    with thief.altered("note_note", "body", {str(note.pk): foreign}):
        walk.press(
            "open a record in which one bit was turned",
            notes.read_file,
            by="lin",
            must=REFUSED,
            under=("CONF-04",),
            case=case,
        )
    walk.press("lin opens the file again, as it was", notes.read_file, by="lin", under=("CONF-02",), case=case)


def a_copy_of_the_database_says_nothing(walk: Walk) -> None:
    """No sentence that was typed and no name of the list lies readable in any table."""
    name = walk.cards[0].name
    found = thief.readable(REASON, SAID, LATER, name)
    walk.look("whoever copies the database reads nothing of it", by="thief", sees=not found, under=("CONF-04",))


STEPS = (
    only_a_holder_hands_it_on,
    a_team_that_opens_something_grows_slowly,
    what_is_planted_is_refused,
    a_copy_of_the_database_says_nothing,
)
