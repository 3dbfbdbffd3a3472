"""Certificates and ties: entered, seen by somebody else, reminded of; and a page that no student could read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from subrosa.desks.common.card import card
from subrosa.policy.agreement import POINTS, proposed
from subrosa.policy.credentials import CredentialKind, TieKind
from subrosa.records.consent import actions as consent
from subrosa.records.person.queries import staff
from subrosa.records.school import context
from subrosa.records.school.calendar import calendar
from subrosa.records.standing import actions as standing
from subrosa.records.standing import credentials, ties
from subrosa.records.standing.qualified import outside_professionals
from subrosa.records.standing.queries import standing_of

from .walk import NOT_YET, REFUSED, Walk

OLD, NUMBER = 60, "T-2021-0417"
ONE_MORE: dict[str, Any] = {"kind": CredentialKind.SOCIETY, "number": "S-2020-5"}
CLASSES = "八年级3班、4班"
ENDLESS = (
    "心理辅导在其性质上既不属于医疗行为，亦不涉及任何形式的药物处方或者医学诊断结论的出具与变更以及相应的后续处置。"
    "凡超出本辅导室职责与能力范围之内容均须依照有关规定及时转介至具备相应资质之专业机构并做好交接与后续跟进等各项工作。"
)


def a_certificate_is_owed(walk: Walk) -> None:
    """Nobody has seen one of lin's yet: the clock notes it once, and new clients would not be offered lin."""
    lin = staff(walk.id("lin"))
    under: dict[str, Any] = {"under": ("COMP-01",)}
    walk.press(
        "the clock notes that lin owes a certificate", credentials.owe_credential, by="clock", colleague=lin, **under
    )
    walk.press("the clock notes it again", credentials.owe_credential, by="clock", must=REFUSED, colleague=lin, **under)
    hidden = standing_of(walk.id("lin"), walk.at).paused_by_credential
    walk.look("new clients are not offered lin", by="lin", sees=hidden, under=("COMP-01",))


def somebody_else_has_seen_it(walk: Walk) -> None:
    """Entered by lin, confirmed by the lead; what the lead has, the steward confirms, never the lead."""
    given: dict[str, Any] = {"kind": CredentialKind.TEACHER, "under": ("COMP-01",)}
    lin, zhou, shen = (staff(walk.id(name)) for name in ("lin", "zhou", "shen"))
    enter, verify = credentials.enter_credential, credentials.verify_credential
    walk.press(
        "lin enters a certificate without a number",
        enter,
        by="lin",
        must=NOT_YET,
        missing=("credential_number",),
        colleague=lin,
        number=" ",
        **given,
    )
    walk.press("lin enters one for zhou", enter, by="lin", must=REFUSED, colleague=zhou, number=NUMBER, **given)
    mine = walk.press("lin enters the own certificate", enter, by="lin", colleague=lin, number=NUMBER, **given)
    bare = not card(walk.id("lin"), walk.at).verified
    walk.look("it is not on lin's card before somebody has seen it", by="lin", sees=bare, under=("CON-03",))
    under: dict[str, Any] = {"under": ("COMP-01",)}
    walk.press("lin confirms the own certificate", verify, by="lin", must=REFUSED, credential=mine, **under)
    leads = walk.press("the lead enters an own certificate", enter, by="shen", colleague=shen, number=NUMBER, **given)
    walk.press("the lead confirms the own", verify, by="shen", must=REFUSED, credential=leads, **under)
    walk.press("the steward confirms the lead's", verify, by="sun", credential=leads, **under)
    walk.press("the lead has seen the original of lin's", verify, by="shen", credential=mine, **under)
    walk.press("confirm it a second time", verify, by="shen", must=REFUSED, credential=mine, **under)
    seen = card(walk.id("lin"), walk.at)
    shown = len(seen.verified) == 1 and NUMBER not in " ".join(seen.lines)
    walk.look("lin's card names the kind and no number", by="lin", sees=shown, under=("CON-03",))
    walk.press(
        "the lead enters zhou's, the original on the table", enter, by="shen", colleague=zhou, number="T-9", **given
    )
    typo = walk.press("zhou enters one with a slip of the pen", enter, by="zhou", colleague=zhou, number="T-0", **given)
    walk.press("zhou takes it back", credentials.end_credential, by="zhou", credential=typo, **under)


def the_clock_reminds(walk: Walk) -> None:
    """Sixty days are left of tang's: one reminder, not two, and none of what would have come before."""
    until = calendar().local(walk.at) + timedelta(days=OLD)
    ends = walk.press(
        "the lead enters tang's certificate, in force for sixty days",
        credentials.enter_credential,
        by="shen",
        under=("COMP-01",),
        colleague=staff(walk.id("tang")),
        kind=CredentialKind.SOCIETY,
        number="S-77",
        until=until,
    )
    remind: dict[str, Any] = {"by": "clock", "under": ("COMP-01",), "credential": ends}
    walk.press("the clock reminds tang of it", credentials.remind_credential, **remind)
    walk.press("the clock reminds tang again", credentials.remind_credential, must=REFUSED, **remind)


def a_tie_is_named(walk: Walk) -> None:
    """The lead knows the timetable; lin puts the line onto the own card, and the lead ends it when the year is over."""
    lin = staff(walk.id("lin"))
    given: dict[str, Any] = {"colleague": lin, "kind": TieKind.LESSON, "words": CLASSES}
    walk.press("zhou enters a tie of lin's", ties.enter_tie, by="zhou", must=REFUSED, under=("REL-01",), **given)
    tie = walk.press("the lead enters which classes lin teaches", ties.enter_tie, by="shen", under=("REL-01",), **given)
    walk.press("zhou puts it onto lin's card", ties.name_tie, by="zhou", must=REFUSED, under=("CON-03",), tie=tie)
    walk.press("lin puts it onto the own card", ties.name_tie, by="lin", under=("CON-03",), tie=tie)
    named = any(CLASSES in one for one in card(walk.id("lin"), walk.at).ties)
    walk.look("the card names the classes", by="lin", sees=named, under=("CON-03",))
    own: dict[str, Any] = {"colleague": lin, "kind": TieKind.WAY}
    cure: dict[str, Any] = {"words": "三次就能治好失眠。"}
    way: dict[str, Any] = {"words": "我也用沙盘。", "words_en": "I also work with a sand tray."}
    lacks: dict[str, Any] = {"must": NOT_YET, "under": ("CLIENT-03",), "missing": ("words_without_a_cure",)}
    walk.press("lin promises a cure on the own card", ties.enter_tie, by="lin", **lacks, **own, **cure)
    walk.press(
        "lin says how she also works, in two languages", ties.enter_tie, by="lin", under=("CON-03",), **own, **way
    )
    walk.press("lin ends what the lead has entered", ties.end_tie, by="lin", must=REFUSED, under=("REL-01",), tie=tie)
    walk.press("the lead ends it", ties.end_tie, by="shen", under=("REL-01",), tie=tie)


def a_page_nobody_can_read(walk: Walk) -> None:
    """Above the limit of reading a page is not published, and the point is named."""
    whole = proposed()
    limits = next(one for one in POINTS if one.key == "limits")
    walk.press(
        "publish an agreement whose limits are said in endless sentences",
        consent.publish_agreement,
        by="shen",
        must=REFUSED,
        under=("CON-02",),
        missing=("plainer_limits.whole.zh",),
        **{**whole, "text_zh": whole["text_zh"].replace(limits.text[0], ENDLESS)},
    )


def nobody_here_can_look(walk: Walk) -> None:
    """At the neighbor there is only the lead: somebody outside saw the original. Where others are at work, they look."""
    note, under = credentials.note_seen_outside, ("COMP-01",)
    slip = walk.press(
        "zhou enters one more", credentials.enter_credential, by="zhou", colleague=staff(walk.id("zhou")), **ONE_MORE
    )
    fang = next(key for key in outside_professionals())
    seen: dict[str, Any] = {"seen_by": fang, "seen_on": calendar().local(walk.at), "under": under}
    walk.press("zhou notes somebody outside who saw it", note, by="zhou", must=REFUSED, credential=slip, **seen)
    walk.press("zhou takes that one back", credentials.end_credential, by="zhou", credential=slip, under=under)
    with context.on(walk.schools["second"]):
        xu = walk.press(
            "the neighbor names somebody outside the school", standing.name_outside_professional, by="wu", name="许老师"
        )
        own = walk.press(
            "wu enters the own certificate",
            credentials.enter_credential,
            by="wu",
            colleague=staff(walk.id("wu")),
            **ONE_MORE,
        )
        seen["seen_by"] = walk.id("wu")
        lacks: dict[str, Any] = {"must": NOT_YET, "missing": ("outside_professional",)}
        walk.press("wu names herself", note, by="wu", credential=own, **lacks, **seen)
        seen["seen_by"] = xu.pk
        walk.press("wu notes that somebody outside saw it", note, by="wu", credential=own, **seen)


def what_has_ended_is_shown_no_more(walk: Walk) -> None:
    """The day of tang's certificate has passed: off the card, and new clients would not be offered her."""
    tang = standing_of(walk.id("tang"), walk.at)
    gone = tang.paused_by_credential and not card(walk.id("tang"), walk.at).verified
    walk.look("tang's certificate has ended", by="tang", sees=gone, under=("COMP-01",))


STEPS = (
    a_certificate_is_owed,
    somebody_else_has_seen_it,
    the_clock_reminds,
    a_tie_is_named,
    a_page_nobody_can_read,
)
ENDED = (what_has_ended_is_shown_no_more, nobody_here_can_look)
