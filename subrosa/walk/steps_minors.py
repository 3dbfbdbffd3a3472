"""A girl of thirteen whose family said no: read on duty until the first meeting, received, never reported to the school."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrosa.policy.ladder import birthday
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import minors
from subrosa.records.consent import actions as consent
from subrosa.records.consent import guardian
from subrosa.records.duty.queries import owed_by
from subrosa.records.outreach import actions as outreach
from subrosa.records.outreach.school_systems import export
from subrosa.records.person import actions as person
from subrosa.records.person import clients, entrance
from subrosa.records.roster import actions as roster
from subrosa.records.roster.letter import Answer, Consent
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
from subrosa.records.school.calendar import calendar

from .steps_booking import first_offer, open_account_of
from .walk import NOT_YET, REFUSED, Walk

NAME, WORDS = "行路雪", "今晚不想回宿舍。"
YEAR = timedelta(days=365)


def _owed(walk: Walk, kind: str) -> bool:
    return any(one.kind == kind and one.case == walk.things["snow's case"].pk for one in owed_by(walk.id("lin")))


def _book(walk: Walk, by: str, step: str, **more: Any) -> Any:
    return walk.press(step, appointment.book, by=by, client=walk.things["snow"], **first_offer(walk), **more)


def _hold(walk: Walk, booking: Any, step: str) -> None:
    walk.wait_until(booking.starts_at)
    walk.press(step, appointment.hold, by="lin", under=("APPT-01",), booking=booking, promise_said=True)


def a_request_is_read_on_duty(walk: Walk) -> None:
    """What she writes at night is read by whoever is on duty, until they have met; she sees who read it."""
    born = birthday(calendar().local(walk.at), -13) - YEAR / 2
    card = Card("W-0001", NAME, grade="初二", class_name="3班", born=born.isoformat())
    walk.press("a new pupil comes on the list", roster.import_roster, by="sun", under=("CONF-05",), cards=[card])
    (found,) = search(NAME)
    no = {found.id: Answer(Consent.NO)}
    walk.press("her family answers no", roster.record_letters, by="shen", under=("CON-01",), answers=no)
    who = clients.Identity(NAME, card.number, "初二3班", roster=str(found.id), reach=clients.COMES_BY, born=card.born)
    walk.things["snow"] = walk.press("open client snow", clients.open_client, by="he", identity=who)
    open_account_of(walk, "snow")
    booking = _book(walk, "snow", "snow books a first time", reason=WORDS)
    walk.things["snow's case"] = booking.case
    said = walk.press("zhou, on duty, reads the request", outreach.read_request, by="zhou", booking=booking)
    walk.look("and can act tonight", by="zhou", sees=said == WORDS, under=("CONF-02",))
    for name in ("bai", "he"):
        walk.press(
            f"{name} reads snow's request",
            outreach.read_request,
            by=name,
            must=REFUSED,
            under=("CONF-02",),
            booking=booking,
        )
    walk.press("zhou sorts it", outreach.sort_request, by="zhou", under=("APPT-01",), booking=booking, choice="today")
    _hold(walk, booking, "snow's first meeting is held, without a question about home")
    walk.press(
        "zhou reads it once more after the meeting",
        outreach.read_request,
        by="zhou",
        must=REFUSED,
        under=("CONF-02",),
        booking=booking,
    )


def she_is_received_all_the_same(walk: Walk) -> None:
    """The second meeting waits for her own signature and for nothing of the family's; then a talk with her is owed."""
    case = walk.things["snow's case"]
    sign: dict[str, Any] = {"case": case, "agreement": walk.things["agreement"], "language": "zh-hans"}
    walk.press("snow signs the agreement", consent.give, by="snow", under=("CON-01",), **sign)
    _hold(walk, _book(walk, "lin", "lin books the second time for snow"), "snow's second meeting is held")
    owed = _owed(walk, guardian.TALK)
    walk.look("a talk about involving the guardian is owed", by="lin", sees=owed, under=("CON-01",))


def counseling_goes_on_after_a_second_word(walk: Walk) -> None:
    """Where the age can be read the third time waits; where it cannot, she books and the look is owed."""
    case = walk.things["snow's case"]
    for name in ("lin", "he"):
        more: dict[str, Any] = {"must": NOT_YET, "under": ("CON-01",), "missing": ("second_word",)}
        _book(walk, name, f"{name} books the third time for snow", **more)
    third = _book(walk, "snow", "snow books the third time from her own account")
    walk.look("lin owes the look", by="lin", sees=_owed(walk, guardian.LOOK), under=("CON-01",))
    walk.press("zhou looks", minors.look, by="zhou", must=REFUSED, under=("CONF-02",), case=case)
    walk.press("lin looks", minors.look, by="lin", under=("CON-01",), case=case)
    walk.look("a no stays a no", by="lin", sees=_owed(walk, guardian.LOOK), under=("CON-01",))
    word: dict[str, Any] = {"by": "lin", "under": ("CON-01",), "case": case, "why": "second"}
    walk.press(
        "note a second word without name and time",
        guardian.note_second_word,
        must=NOT_YET,
        missing=("second_name", "second_time"),
        **word,
    )
    walk.press("note who was asked, and when", guardian.note_second_word, who="许督导", when=walk.at, **word)
    settled = not _owed(walk, guardian.LOOK)
    walk.look("nothing is in the way any more", by="lin", sees=settled, under=("CON-01",))
    talk: dict[str, Any] = {"by": "lin", "under": ("CON-01",), "case": case}
    walk.press(
        "note the talk in own words", guardian.note_talk, must=NOT_YET, missing=("listed_choice",), came="她怕", **talk
    )
    walk.press("note what came of the talk", guardian.note_talk, came="together", **talk)
    _hold(walk, third, "snow's third meeting is held")


def the_schools_systems_get_a_figure(walk: Walk) -> None:
    """One figure; no name, no case, no result, whoever asks. A student helper is not invited."""
    walk.press("leadership gets the figure", export, by="qian", under=("CONF-05",), what="meetings_by_month")
    for name, what in (("shen", "names"), ("sun", "result"), ("lin", "record"), ("qian", "student")):
        walk.press(
            f"{name} exports for the school's files: {what}",
            export,
            by=name,
            must=REFUSED,
            under=("CONF-05",),
            what=what,
        )
    for name, roles in (("小助手", ("student_helper",)), ("副校长", ("leadership", "counselor"))):
        link, token = entrance.new_token()
        walk.press(
            f"invite somebody as {' and '.join(roles)}",
            person.invite,
            by="shen",
            must=REFUSED,
            under=("CONF-05",),
            name=name,
            roles=roles,
            link=link,
            token=token,
        )


STEPS = (
    a_request_is_read_on_duty,
    she_is_received_all_the_same,
    counseling_goes_on_after_a_second_word,
    the_schools_systems_get_a_figure,
)
