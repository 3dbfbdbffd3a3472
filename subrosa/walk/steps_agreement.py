"""What was understood, signed on the center's device or on paper, and the words around a meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.agreement import proposed
from subrosa.policy.grounds import cards
from subrosa.policy.wording import Wording
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment.queries import booking as booking_row
from subrosa.records.appointment.words import leave_words, unsaid_of
from subrosa.records.attachment import actions as files
from subrosa.records.attachment.about import About
from subrosa.records.case import handing
from subrosa.records.case.queries import who_can_open
from subrosa.records.consent import actions as consent
from subrosa.records.consent.expectation import write_expectation
from subrosa.records.consent.opened import talks_of
from subrosa.records.consent.understanding import guess, talk_over
from subrosa.records.duty.queries import owed_by
from subrosa.records.note import actions as notes
from subrosa.records.person import entrance
from subrosa.records.person.queries import staff
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.opener import opener_of

from .steps_booking import first_offer
from .steps_session import whole
from .walk import NOT_YET, REFUSED, Walk

HEARD, STAYS = "heard", "stays"
TWO_OTHERWISE = {one.key: HEARD for one in cards()}  # two of them stay here
PAPER = "一张签了名的纸。".encode()
SCANNED = About("scan.png", "image/png", len(PAPER))
UNSAID = "其实是因为我爸又喝酒了。"
HOPE, REALISTIC = "一次就变开心", "三四次以后，多数人睡得好一些。"


def listed(walk: Walk, case: Any) -> set[str]:
    """What stands on lin's next page of a case."""
    lin = walk.people["lin"]
    notes.read_reasons(by=lin, at=walk.at, case=case)
    return {one.card for one in talks_of(opener_of(lin), case.pk).listed}


def who_would_hear_of_it(walk: Walk) -> None:
    """The client guesses; taps of a staff session do not count. What was guessed otherwise is listed."""
    case = walk.things["case"]
    given: dict[str, Any] = {"case": case, "guesses": TWO_OTHERWISE, "language": "zh-hans"}
    walk.press("lin taps the cards for the client", guess, by="lin", must=REFUSED, under=("CON-05",), **given)
    walk.press("yue taps ming's cards", guess, by="yue", must=REFUSED, under=("CONF-02",), **given)
    walk.press("ming taps who would hear of it, two otherwise", guess, by="ming", under=("CON-05", "CON-04"), **given)
    two = listed(walk, case) == {"quarrel", "vanish"}
    walk.look("these two are listed for the meeting", by="lin", sees=two, under=("CON-05",))


def a_card_left_open_holds_the_first_record(walk: Walk) -> None:
    """Each listed card is understood, or comes again next time; then the record is signed."""
    case, booking = walk.things["case"], walk.things["held"]
    record: dict[str, Any] = {"case": case, "booking": booking, "text": whole()}
    talked = {"case": case, "said": {"quarrel": "understood"}}
    walk.press("zhou notes what was talked over", talk_over, by="zhou", must=REFUSED, under=("CONF-02",), **talked)
    walk.press("one card is talked over", talk_over, by="lin", under=("CON-05", "CON-04"), **talked)
    walk.press(
        "sign the first record with a card left open",
        notes.write,
        by="lin",
        must=NOT_YET,
        under=("CON-05",),
        missing=("open_card",),
        **record,
    )
    walk.press(
        "an answer that does not exist",
        talk_over,
        by="lin",
        must=NOT_YET,
        under=("CON-05",),
        missing=("listed_choice",),
        case=case,
        said={"vanish": "wrong"},
    )
    again = {"case": case, "said": {"vanish": "again"}}
    walk.press("the other comes again next time", talk_over, by="lin", under=("CON-05",), **again)


def what_comes_again_is_listed(walk: Walk) -> None:
    """After the record it stands on the next page, and nothing else does."""
    only = listed(walk, walk.things["case"]) == {"vanish"}
    walk.look("only what comes again stands on the next page", by="lin", sees=only, under=("CON-05",))


def words_around_a_meeting(walk: Walk) -> None:
    """What was not said is left afterwards, what to say before; neither is asked for."""
    case, held = walk.things["case"], booking_row(walk.things["held"].pk)
    after: dict[str, Any] = {"booking": held, "before": False, "text": UNSAID}
    walk.press("lin leaves words for ming", leave_words, by="lin", must=REFUSED, under=("CLIENT-02",), **after)
    walk.press("ming leaves what was not said", leave_words, by="ming", under=("CLIENT-02",), **after)
    walk.press(
        "ming leaves words before a meeting that is over",
        leave_words,
        by="ming",
        must=NOT_YET,
        under=("CLIENT-02",),
        missing=("meeting_for_words",),
        booking=held,
        before=True,
        text=UNSAID,
    )
    lin = walk.people["lin"]
    notes.read_reasons(by=lin, at=walk.at, case=case)
    read = unsaid_of(opener_of(lin), case.pk)[walk.things["held"].pk] == UNSAID
    walk.look("it stands on lin's next page", by="lin", sees=read, under=("CLIENT-02",))


def what_would_be_different(walk: Walk) -> None:
    """Either writes it; the counselor not without what is realistic. A text that promises a cure is held."""
    case = walk.things["case"]
    walk.press(
        "ming writes what would be different", write_expectation, by="ming", under=("CLIENT-03",), case=case, hope=HOPE
    )
    walk.press(
        "lin writes it without what is realistic",
        write_expectation,
        by="lin",
        must=NOT_YET,
        under=("CLIENT-03",),
        missing=("realistic",),
        case=case,
        hope=HOPE,
    )
    walk.press(
        "lin answers it", write_expectation, by="lin", under=("CLIENT-03",), case=case, hope=HOPE, realistic=REALISTIC
    )
    text = proposed()
    walk.press(
        "publish an agreement that promises a cure",
        consent.publish_agreement,
        by="shen",
        must=NOT_YET,
        under=("CLIENT-03",),
        missing=("words_without_a_cure",),
        **{**text, "simple_zh": f"{text['simple_zh']}\n三周治愈。"},
    )


def lin_hands_the_device_over(walk: Walk) -> None:
    """Hao has no account. Lin books and meets; only who holds the case hands its key on, and the session carries it."""
    hao = walk.things["hao"]
    booking = walk.press(
        "lin books hao, who has no account",
        appointment.book,
        by="lin",
        under=("APPT-01",),
        client=hao,
        **first_offer(walk),
    )
    walk.wait_until(booking.starts_at)
    held: dict[str, Any] = {"booking": booking, "promise_said": True}
    walk.press("hao's first meeting is held", appointment.hold, by="lin", under=("APPT-01",), **held)
    device = handing.prepare(hao.pk, at=walk.at)
    given: dict[str, Any] = {"client": hao, "case": booking.case, "device": device}
    for name, under in (("zhou", ("CONF-02",)), ("sun", ("CON-01",))):
        walk.press(
            f"{name} hands the device over for lin's case",
            handing.hand_over,
            by=name,
            must=REFUSED,
            under=under,
            **given,
        )
    handed = walk.press("lin hands the device over", handing.hand_over, by="lin", under=("CON-01", "CONF-04"), **given)
    found = entrance.signed_in(device.cookie, at=walk.at)
    assert found is not None, "the device was handed over a moment ago"
    walk.meet("hao", "client", Actor(Kind.CLIENT, hao.pk, found.actor.opener))
    walk.things["hao's case"], walk.things["handed"] = booking.case, handed


def in_client_mode_a_signature_counts(walk: Walk) -> None:
    """From an unlocked staff session it does not, whoever it is; then the device goes back and opens nothing."""
    case, handed = walk.things["hao's case"], walk.things["handed"]
    sign: dict[str, Any] = {"case": case, "agreement": walk.things["agreement"], "language": "zh-hans"}
    for name in ("lin", "shen"):
        walk.press(
            f"{name} signs from the unlocked staff session meanwhile",
            consent.give,
            by=name,
            must=REFUSED,
            under=("CON-01",),
            **sign,
        )
    tap: dict[str, Any] = {"case": case, "guesses": {}, "language": "zh-hans"}
    walk.press("hao taps the cards on the device", guess, by="hao", under=("CON-05",), **tap)
    read: dict[str, Any] = {"under": ("CON-01", "CON-02"), "wording": Wording.SIMPLE, **sign}
    signed = walk.press("hao reads the simpler words and signs in client mode", consent.give, by="hao", **read)
    walk.look("it counts as the client's own", by="hao", sees=signed.given_how == "client_mode", under=("CON-01",))
    own: dict[str, Any] = {"consent": signed}
    again = consent.read_signed
    walk.press("ming reads what hao signed", again, by="ming", must=REFUSED, under=("CONF-02",), **own)
    simpler = walk.press("hao reads it again", again, by="hao", under=("CON-02",), **own) is Wording.SIMPLE
    walk.look("it says that the text in simpler words was read", by="hao", sees=simpler, under=("CON-02",))
    given: dict[str, Any] = {"client": walk.things["hao"], **first_offer(walk)}
    walk.press("hao books the next time on the device", appointment.book, by="hao", under=("APPT-01",), **given)
    back = {"handed": handed}
    walk.press("ming gives hao's device back", handing.take_back, by="ming", must=REFUSED, under=("CONF-02",), **back)
    walk.press("hao is done", handing.take_back, by="hao", under=("CONF-04",), **back)
    walk.forget_opened()
    gone = not any(one.kind == "client" for one in who_can_open(case.pk))
    walk.look("no key of the device is left", by="lin", sees=gone, under=("CONF-04",))
    walk.press("hao goes on after that", guess, by="hao", must=REFUSED, under=("CON-05",), **tap)


def a_device_that_nobody_touches(walk: Walk) -> None:
    """The clock takes it back; a key does not lie about."""
    hao = walk.things["hao"]
    device = handing.prepare(hao.pk, at=walk.at)
    walk.press(
        "he hands the device over at the desk", handing.hand_over, by="he", under=("CON-01",), device=device, client=hao
    )
    walk.wait(minutes=10)
    (left,) = handing.timed_out(walk.at)
    walk.press(
        "the clock takes it back after five minutes", handing.take_back, by="clock", under=("CONF-04",), handed=left
    )
    shut = entrance.signed_in(device.cookie, at=walk.at) is None
    walk.look("its cookie opens nothing", by="clock", sees=shut, under=("CONF-04",))


def a_signature_on_paper(walk: Walk) -> None:
    """Dated, seen by somebody, told to the client, who objects at once."""
    yue = walk.things["yue"]
    booking = walk.press(
        "yue books a first time", appointment.book, by="yue", under=("APPT-01",), client=yue, **first_offer(walk)
    )
    today = calendar().local(walk.at)
    lin = staff(walk.id("lin"))
    assert lin is not None, "lin works here"
    paper: dict[str, Any] = {"case": booking.case, "agreement": walk.things["agreement"]}
    tomorrow, now = (consent.Paper(today + timedelta(days=n), lin, "zh-hans", Wording.SIMPLE) for n in (1, 0))
    walk.press(
        "lin notes a paper that is dated tomorrow",
        consent.note_paper,
        by="lin",
        must=NOT_YET,
        under=("CON-01",),
        missing=("date_on_paper",),
        paper=tomorrow,
        **paper,
    )
    walk.press(
        "the lead notes a paper",
        consent.note_paper,
        by="shen",
        must=REFUSED,
        under=("CON-01",),
        paper=now,
        **paper,
    )
    walk.press(
        "lin notes the paper that yue signed", consent.note_paper, by="lin", under=("CON-01",), paper=now, **paper
    )
    owed = [one for one in owed_by(walk.id("lin")) if one.kind == consent.SCAN]
    walk.look("its scan is owed", by="lin", sees=len(owed) == 1, under=("CON-01",))
    scan = walk.press("lin begins to send the scan", files.begin, by="lin", under=("CONF-04",), case=booking.case)
    named: dict[str, Any] = {"attachment": scan}
    walk.press("and puts it in", files.attach, by="lin", under=("CONF-01",), about=SCANNED, rest=PAPER, **named)
    walk.press("zhou names it the signed paper", files.name_scan, by="zhou", must=REFUSED, under=("CONF-02",), **named)
    walk.press("lin names it the signed paper", files.name_scan, by="lin", under=("CON-01",), **named)
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("CON-01",), "missing": ("paper_signature",)}
    walk.press("lin names it once more", files.name_scan, by="lin", **lacks, **named)
    walk.press("yue objects", consent.withdraw, by="yue", under=("CLIENT-01", "CON-01"), case=booking.case)
    walk.press("yue gives the time back", appointment.cancel, by="yue", under=("CLIENT-01",), booking=booking)


UNDERSTOOD = (who_would_hear_of_it, a_card_left_open_holds_the_first_record)
STEPS = (
    what_comes_again_is_listed,
    words_around_a_meeting,
    what_would_be_different,
    lin_hands_the_device_over,
    in_client_mode_a_signature_counts,
    a_device_that_nobody_touches,
    a_signature_on_paper,
)
