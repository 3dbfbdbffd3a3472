"""The day: somebody sits down without a name, it was brief or a first meeting; moved times, who is here, and no trait."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from subrosa.policy.danger import NO_DANGER, UNANSWERED
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import brief, moving, registering, sitting
from subrosa.records.appointment.equity import compare_treatment
from subrosa.records.appointment.queries import free
from subrosa.records.audit.queries import entries_of_case
from subrosa.records.case.recovering import cases_in_care
from subrosa.records.duty.queries import owed_by
from subrosa.records.note import actions as notes
from subrosa.records.note.length import note_length
from subrosa.records.person import clients
from subrosa.records.roster.queries import first_students

from .steps_booking import first_offer
from .steps_session import whole
from .walk import NOT_YET, REFUSED, Walk

SHORT = brief.BriefText("peers", "calmer", "和同桌闹翻了，哭了一会儿。\n约好午饭后再来。", danger=NO_DANGER)
LONG = 70  # minutes


def _owed_names(walk: Walk) -> int:
    return len([one for one in owed_by(walk.id("lin")) if one.kind == sitting.DUTY])


def a_brief_contact(walk: Walk) -> None:
    """One press without name; two taps and two lines; no case, and the name is owed until the evening."""
    cases = len(cases_in_care())
    walk.press("leadership lets somebody sit down", sitting.sit_down, by="qian", must=REFUSED, under=("APPT-01",))
    row = walk.press("somebody in tears sits down with lin", sitting.sit_down, by="lin", under=("APPT-01", "CLIENT-01"))
    walk.press("zhou stops lin's clock", sitting.get_up, by="zhou", must=REFUSED, under=("CONF-02",), sitting=row)
    row = walk.press("they get up", sitting.get_up, by="lin", under=("APPT-01",), sitting=row)
    walk.press("what was typed is kept", brief.keep, by="lin", under=("CONF-04",), sitting=row, text=SHORT)
    walk.press(
        "sign it without saying what it was about",
        brief.sign,
        by="lin",
        must=NOT_YET,
        under=("REC-02",),
        missing=("about",),
        sitting=row,
        text=replace(SHORT, about=""),
    )
    walk.press(
        "sign it without an answer about danger",
        brief.sign,
        by="lin",
        must=NOT_YET,
        under=("RISK-02",),
        missing=("danger",),
        sitting=row,
        text=replace(SHORT, danger=UNANSWERED),
    )
    row = walk.press(
        "sign the brief contact", brief.sign, by="lin", under=("REC-01", "CON-01"), sitting=row, text=SHORT
    )
    read = walk.press("lin opens it again", brief.read, by="lin", under=("CONF-02",), sitting=row)
    none = len(cases_in_care()) == cases
    walk.look("word for word, and no case was opened", by="lin", sees=read == SHORT and none, under=("CON-01",))
    walk.press("zhou opens it", brief.read, by="zhou", must=REFUSED, under=("CONF-02",), sitting=row)
    walk.look("who it was is owed by the evening", by="lin", sees=_owed_names(walk) == 1, under=("APPT-01",))
    walk.press("does not want to say: an answer", sitting.leave_unnamed, by="lin", under=("APPT-01",), sitting=row)
    walk.look("no name is owed any more", by="lin", sees=_owed_names(walk) == 0, under=("APPT-01",))


def a_first_meeting_without_papers(walk: Walk) -> None:
    """The promise is ticked, the case opens; the first full record waits for the form, field by field."""
    row = walk.press("somebody else sits down", sitting.sit_down, by="lin", under=("APPT-01",))
    walk.wait(minutes=LONG)
    given: dict[str, Any] = {"by": "lin", "sitting": row}
    walk.press(
        "a first meeting without the promise",
        sitting.hold,
        must=NOT_YET,
        under=("CON-01",),
        missing=("promise",),
        **given,
    )
    booking = walk.press("it was a first meeting", sitting.hold, under=("CON-01",), promise_said=True, **given)
    walk.press(
        "leave it without a name",
        sitting.leave_unnamed,
        by="lin",
        must=NOT_YET,
        under=("APPT-01",),
        missing=("form_who",),
        sitting=sitting.sitting(row.pk),
    )
    walk.things["walked in"] = (row, booking)


def its_record_waits_for_the_form(walk: Walk) -> None:
    """Half a form, no signature, an hour without a reason: each is named; what a press can mend is mended."""
    row, booking = walk.things["walked in"]
    half = clients.Identity("一位同学", class_name="初二4班")
    client = walk.press(
        "half of the form", registering.register, by="he", under=("APPT-01",), client=row.client, identity=half
    )
    record: dict[str, Any] = {"case": booking.case, "booking": booking, "text": whole()}
    walk.press(
        "sign its record over half a form, unsigned, unexplained, and long",
        notes.write,
        by="lin",
        must=NOT_YET,
        under=("CON-01", "APPT-01", "APPT-04"),
        missing=("agreement_signature", "form_reach", "why_long"),
        **record,
    )
    whole_form = replace(half, reach=clients.COMES_BY)
    walk.press("the whole form", registering.register, by="lin", under=("APPT-01",), client=client, identity=whole_form)
    of: dict[str, Any] = {"case": booking.case, "booking": booking}
    walk.press("lin notes 45 minutes", note_length, by="lin", under=("APPT-04",), minutes=45, **of)
    walk.press("zhou notes minutes", note_length, by="zhou", must=REFUSED, under=("CONF-02",), minutes=9, **of)
    walk.press(
        "only the signature is missing",
        notes.write,
        by="lin",
        must=NOT_YET,
        under=("CON-01",),
        missing=("agreement_signature",),
        **record,
    )


def somebody_known_sits_down(walk: Walk) -> None:
    """Matched with the list only after being seen; who was here before goes on there, in the open case."""
    moved = sitting.sitting(walk.things["walked in"][0].pk)
    given: dict[str, Any] = {"sitting": moved, "client": walk.things["ming"]}
    walk.press(
        "a sitting with a file goes on as ming's",
        sitting.go_on_with,
        by="lin",
        must=REFUSED,
        under=("REC-04",),
        **given,
    )
    row = walk.press("somebody sits down, nobody knows who", sitting.sit_down, by="lin", under=("APPT-01",))
    found = first_students(1)[0]
    listed = clients.Identity(found.card.name, found.card.number, roster=str(found.id))
    given = {"client": row.client, "identity": listed}
    walk.press(
        "match with the list without having seen the person",
        registering.register,
        by="he",
        must=NOT_YET,
        under=("CONF-05",),
        missing=("person_seen", "older_client"),
        **given,
    )
    walk.press(
        "it is ming, who was here before",
        registering.register,
        by="lin",
        must=NOT_YET,
        under=("CONF-05",),
        missing=("older_client",),
        seen=True,
        **given,
    )
    walk.press("go on there", sitting.go_on_with, by="lin", under=("CONF-05",), sitting=row, client=walk.things["ming"])
    again = sitting.sitting(row.pk)
    signed = walk.press("a brief contact of ming's", brief.sign, by="lin", under=("REC-01",), sitting=again, text=SHORT)
    hangs = signed.case_id == walk.things["case"].pk
    told = any(one.act == "sign_brief" for one in entries_of_case(walk.things["case"].pk))
    walk.look("it hangs on the open case, and ming sees it there", by="ming", sees=hangs and told, under=("CON-09",))


def times_are_moved_and_given_back(walk: Walk) -> None:
    """The desk moves a booking, gives one back and takes it again; on its day it notes who is here."""
    _first, second = free([walk.id("lin")], walk.at)[:2]
    client = walk.press(
        "a guest is received",
        clients.open_client,
        by="he",
        under=("CONF-05",),
        identity=clients.Identity("一位老师", class_name="物理组", reach=clients.COMES_BY),
    )
    booking = walk.press(
        "a time is held", appointment.book, by="he", under=("APPT-01",), client=client, **first_offer(walk)
    )
    other: dict[str, Any] = {"opening": second.opening, "starts_at": second.starts_at, "ends_at": second.ends_at}
    booking = walk.press("it is moved", moving.move, by="he", under=("APPT-01", "CLIENT-01"), booking=booking, **other)
    past: dict[str, Any] = {**other, "starts_at": walk.at.replace(year=walk.at.year - 1)}
    walk.press(
        "it is moved into the past", moving.move, by="he", must=REFUSED, under=("APPT-01",), booking=booking, **past
    )
    walk.press("it is given back", appointment.cancel, by="he", under=("CLIENT-01",), booking=booking)
    walk.press("and held again", moving.revive, by="he", under=("APPT-01",), booking=booking)
    walk.press("twice", moving.revive, by="he", must=REFUSED, under=("APPT-01",), booking=booking)
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("APPT-01",), "missing": ("day_of_meeting",)}
    walk.press("somebody is here days before", moving.check_in, by="he", booking=booking, **lacks)
    walk.wait_until(booking.starts_at)
    here = walk.press("is here", moving.check_in, by="he", under=("APPT-01",), booking=booking)
    walk.look("lin sees since when", by="lin", sees=here.here_at is not None, under=("APPT-01",))
    walk.press("nobody stayed", appointment.note_no_show, by="he", under=("APPT-01",), booking=booking)
    walk.things["guest"] = client


def nobody_is_chosen_by_a_trait(walk: Walk) -> None:
    """A list by sex is refused with name; declining takes a reason of the list."""
    for name in ("lin", "he", "shen"):
        walk.press(
            f"{name} sorts the day by sex", registering.sort_by, by=name, must=REFUSED, under=("ETH-05",), trait="sex"
        )
    for name in ("he", "lin"):
        walk.press(f"{name} compares", compare_treatment, by=name, must=REFUSED, under=("ETH-05",))
    few = walk.press(
        "shen compares how everybody was received", compare_treatment, by="shen", under=("ETH-05", "CONF-05")
    )
    hidden = all(one.asked is None for one in few.groups)
    walk.look("behind so few people no figure is shown", by="shen", sees=hidden, under=("ETH-05",))
    walk.press("the order of time", registering.sort_by, by="he", under=("ETH-05",), trait="time")
    guest = walk.things["guest"]
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("ETH-05",), "missing": ("listed_reason",)}
    walk.press("decline for no reason", registering.decline, by="lin", client=guest, reason="", **lacks)
    reason = "another_office"
    walk.press(
        "decline with a listed reason", registering.decline, by="lin", under=("ETH-05",), client=guest, reason=reason
    )


STEPS = (
    a_brief_contact,
    a_first_meeting_without_papers,
    its_record_waits_for_the_form,
    somebody_known_sits_down,
    times_are_moved_and_given_back,
    nobody_is_chosen_by_a_trait,
)
