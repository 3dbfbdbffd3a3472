"""The first meeting, the agreement, the record: what waits for the signature, who opens a file, what is never changed."""

from __future__ import annotations

from typing import Any

from subrosa.policy.danger import NO_DANGER
from subrosa.records.appointment import actions as appointment
from subrosa.records.case import actions as cases
from subrosa.records.consent import actions as consent
from subrosa.records.duty.queries import owed_by
from subrosa.records.note import actions as notes
from subrosa.records.note.asked import Asked
from subrosa.records.note.parts import NoteText

from .steps_booking import first_offer
from .walk import NOT_YET, REFUSED, Walk

SAID = "父亲说考不上就别回来，我一个月没睡好了。"
LATER = "次日补记：来访者同意先和班主任请两节晚自习。"


def whole(words: str = SAID) -> NoteText:
    """A record with its six parts, three of them a deliberate choice."""
    parts = {"situation": "高二，住校。", "problem": words, "course": "一起画了一周的睡眠。"}
    return NoteText(parts, {"advice": "listened", "effect": "too_early", "other": "none"}, asked=Asked(NO_DANGER))


def owed_records(walk: Walk) -> int:
    """How many records lin owes."""
    return len([one for one in owed_by(walk.id("lin")) if one.kind == "record"])


def the_first_meeting(walk: Walk) -> None:
    """Noted once it has begun, with the spoken promise; its record is owed the same day."""
    booking = walk.things["booking"]
    walk.press(
        "note the meeting before it has begun",
        appointment.hold,
        by="lin",
        must=NOT_YET,
        under=("APPT-01",),
        missing=("meeting_time",),
        booking=booking,
        promise_said=True,
    )
    walk.wait_until(booking.starts_at)
    walk.press(
        "a first meeting without the spoken promise",
        appointment.hold,
        by="lin",
        must=NOT_YET,
        under=("CON-01",),
        missing=("promise",),
        booking=booking,
    )
    held: dict[str, Any] = {"booking": booking, "promise_said": True}
    walk.press("zhou notes lin's meeting", appointment.hold, by="zhou", must=REFUSED, under=("CONF-02",), **held)
    walk.things["held"] = walk.press(
        "the first meeting is held", appointment.hold, by="lin", under=("APPT-01",), **held
    )
    walk.look("its record is owed the same day", by="lin", sees=owed_records(walk) == 1, under=("REC-01",))
    walk.press(
        "it is missed after all", appointment.note_no_show, by="lin", must=REFUSED, under=("APPT-01",), booking=booking
    )


def without_signature_it_does_not_go_on(walk: Walk) -> None:
    """The second booking and the first full record wait; what was typed is kept."""
    case, booking = walk.things["case"], walk.things["held"]
    for name in ("ming", "he"):
        walk.press(
            f"{name} books the second time without the signature",
            appointment.book,
            by=name,
            must=NOT_YET,
            under=("CON-01",),
            missing=("agreement_signature",),
            client=walk.things["ming"],
            **first_offer(walk),
        )
    walk.press(
        "sign a full record without the client's signature",
        notes.write,
        by="lin",
        must=NOT_YET,
        under=("CON-01",),
        missing=("agreement_signature",),
        case=case,
        booking=booking,
        text=whole(),
    )
    kept = walk.press("lin opens the draft", notes.read_draft, by="lin", under=("CONF-04",), booking=booking)
    same = kept.text.as_text() == whole().as_text()
    walk.look("it is what was typed", by="lin", sees=same, under=("CONF-04",))
    walk.press("the lead opens it", notes.read_draft, by="shen", must=REFUSED, under=("CONF-04",), booking=booking)


def the_client_signs(walk: Walk) -> None:
    """On the own account, nobody else for the client; withdrawn at once, and given again."""
    case = walk.things["case"]
    sign: dict[str, Any] = {"case": case, "agreement": walk.things["agreement"], "language": "zh-hans"}
    walk.press("lin signs for the client", consent.give, by="lin", must=REFUSED, under=("CON-01",), **sign)
    walk.press("yue signs for ming", consent.give, by="yue", must=REFUSED, under=("CONF-02",), **sign)
    signed = ("CON-01", "CON-02", "CON-03", "CON-04", "CON-09")
    walk.press("ming signs the agreement", consent.give, by="ming", under=signed, **sign)
    walk.press("yue withdraws it", consent.withdraw, by="yue", must=REFUSED, under=("CONF-02",), case=case)
    walk.press("ming withdraws it", consent.withdraw, by="ming", under=("CLIENT-01", "CON-01"), case=case)
    walk.press(
        "ming books after taking the signature back",
        appointment.book,
        by="ming",
        must=NOT_YET,
        under=("CON-01",),
        missing=("agreement_signature",),
        client=walk.things["ming"],
        **first_offer(walk),
    )
    walk.press("ming signs again", consent.give, by="ming", under=signed, **sign)


def the_record_is_written(walk: Walk) -> None:
    """Six parts; signed is locked; what comes later stands beside it."""
    of: dict[str, Any] = {"case": walk.things["case"], "booking": walk.things["held"]}
    short = NoteText({"situation": "高二，住校。", "problem": SAID}, asked=Asked(NO_DANGER))
    lacks = ("course", "advice", "effect", "other")
    walk.go_on("go on with the draft", notes.keep_draft, by="lin", under=("CONF-04",), text=short, **of)
    walk.press(
        "sign a record with empty parts",
        notes.write,
        by="lin",
        must=NOT_YET,
        under=("REC-02",),
        missing=lacks,
        text=short,
        **of,
    )
    walk.press(
        "zhou writes into lin's case", notes.write, by="zhou", must=REFUSED, under=("CONF-02",), text=whole(), **of
    )
    kept = ("CONF-01", "CONF-02", "CONF-04", "REC-01", "REC-02", "CON-01")
    note = walk.press("sign the record", notes.write, by="lin", under=kept, text=whole(), **of)
    walk.look("nothing is owed any more", by="lin", sees=owed_records(walk) == 0, under=("REC-01",))
    walk.press("sign it once more", notes.write, by="lin", must=REFUSED, under=("REC-01",), text=whole(LATER), **of)
    walk.press(
        "change the signed record",
        notes.change,
        by="lin",
        must=REFUSED,
        under=("REC-01",),
        note=note,
        text=whole(LATER),
    )
    walk.press("add to it the next day", notes.add, by="lin", under=("CONF-02", "REC-01"), note=note, text=whole(LATER))
    walk.things["note"] = note


def only_the_care_team_opens_it(walk: Walk) -> None:
    """Each opening an entry; each attempt of anybody else a refusal, whatever the role."""
    case = walk.things["case"]
    pages = walk.press("lin opens the file", notes.read_file, by="lin", under=("CONF-02", "CONF-01"), case=case)
    written = [page.text.as_text() for page in pages] == [whole().as_text(), whole(LATER).as_text()]
    walk.look("it holds the record and the addition, word for word", by="lin", sees=written, under=("REC-01",))
    for name in ("zhou", "he", "shen", "qian", "sun", "yue"):
        walk.press(f"{name} opens the file", notes.read_file, by=name, must=REFUSED, under=("CONF-02",), case=case)
    log = walk.press("ming reads who opened the own file", cases.read_own_log, by="ming", under=("CON-09",), case=case)
    opened = {(one.act, one.outcome, one.actor) for one in log}
    both = {("read_notes", "done", walk.id("lin")), ("read_notes", "refused", walk.id("zhou"))} <= opened
    walk.look("the opening stands there, and the attempts too", by="ming", sees=both, under=("CON-09",))
    walk.press("yue reads it too", cases.read_own_log, by="yue", must=REFUSED, under=("CONF-02",), case=case)


STEPS = (the_first_meeting, without_signature_it_does_not_go_on, the_client_signs)
RECORD_STEPS = (the_record_is_written, only_the_care_team_opens_it)
