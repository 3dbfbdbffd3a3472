"""Which row of the minors' ladder holds, in one quiet line beside a file or record."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit
from subrosa.policy.ladder import Band, Letter
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Refused
from subrosa.records.appointment.minors import look, wanted
from subrosa.records.case import queries as cases
from subrosa.records.consent import guardian
from subrosa.records.consent.guardian import LOOK, TALK, Came, Rung, Why
from subrosa.records.duty.book import open_kinds
from subrosa.records.duty.queries import owed_by
from subrosa.records.person.clients import Identity
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault.opener import opener_of

AGREED = _("Under %(fourteen)s; the family agreed in the enrollment letter. Nothing more is asked.")
NO_ANSWER = _(
    "Under %(fourteen)s; the family's letter has no answer: received all the same. A talk about involving the guardian is "
    "owed by meeting %(by)s."
)
SAID_NO = _(
    "Under %(fourteen)s; the family said no in the letter: received all the same, and helped in danger always. Before meeting "
    "%(by)s a ground or a second professional's word is noted; a talk about involving the guardian is owed by then."
)
OWN_WISH = _("From %(fourteen)s on the own wish and the own signature are enough; the letter informs the family.")
OLDER_NO = _(
    "From %(fourteen)s on, with a no in the family's letter: nothing waits for it; it is talked over with the student by "
    "meeting %(by)s."
)
GROWN = _("Of age: nobody else is asked.")
UNKNOWN = _("The day of birth is not in the form. What the family is asked depends on it.")
LINES: Final[Mapping[tuple[Band, Letter], object]] = {
    (Band.UNDER_14, Letter.YES): AGREED,
    (Band.UNDER_14, Letter.NONE): NO_ANSWER,
    (Band.UNDER_14, Letter.NO): SAID_NO,
    (Band.FROM_14, Letter.YES): OWN_WISH,
    (Band.FROM_14, Letter.NONE): OWN_WISH,
    (Band.FROM_14, Letter.NO): OLDER_NO,
    **{(Band.OF_AGE, letter): GROWN for letter in Letter},
}
CAME: Final[Mapping[Came, object]] = {
    Came.TOGETHER: _("We tell them together"),
    Came.ALONE: _("The student tells them"),
    Came.LATER: _("Not now; it comes up again"),
    Came.NOT_SAFE: _("Telling is not safe"),
}
WHY: Final[Mapping[Why, object]] = {
    Why.SECOND: _("A second professional was asked"),
    Why.DANGER: _("There is danger"),
    Why.HARM_AT_HOME: _("Harm may come from home"),
}
MOST_LOOKS = 5  # one desk page does no more of them


@dataclass(frozen=True, slots=True)
class Minors:
    """What the page shows: the row in words, a birthday since the last meeting, what is owed, what was noted.

    Before the first meeting it is the one line and nothing to press; from then on what may be noted, open once it is owed.
    """

    line: str = ""
    younger: bool = False
    turned: int | None = None
    unknown: bool = False
    talk: bool = False
    owed: bool = False
    second: bool = False
    talks: list[tuple[datetime, object]] = field(default_factory=list)
    words: list[tuple[object, str, datetime | None]] = field(default_factory=list)

    def __repr__(self) -> str:
        return "…"


def _line(stands: Rung) -> str:
    if stands.column is None:
        return gettext(str(UNKNOWN))
    profile = school_profile()
    numbers = {"fourteen": profile["minors.fourteen"], "by": profile["minors.letter_no_holds_from_meeting"]}
    return str(LINES[stands.column, stands.letter]) % numbers


def _since(bookings: list[Any], before: datetime) -> datetime | None:
    """The last meeting that took place before a moment."""
    held = [one.starts_at for one in bookings if one.state == "held" and one.starts_at < before]
    return max(held, default=None)


def minors_of(there: Visit, case: Any, who: Identity | None, bookings: list[Any], at: datetime | None = None) -> Minors:
    """The line for one opened file, on the day of the meeting whose record it is, else today; nothing without a name."""
    moment = at or there.at
    stands = guardian.rung(who, calendar().local(moment))
    if stands is None or case.state != "open":
        return Minors()
    keep_in_line(there, case, guardian.rung(who, calendar().local(there.at)) if at else stands)
    last = _since(bookings, moment)
    met = any(one.state == "held" for one in bookings)
    noted = guardian.noted_of(opener_of(there.by), case.pk)
    return Minors(
        line=_line(stands),
        younger=stands.column is Band.UNDER_14,
        turned=guardian.turned_since(stands, last, moment) if last else None,
        unknown=stands.column is None,
        talk=met and stands.follows.talk and not noted.talks,
        owed=bool(open_kinds(case.pk, [TALK])),
        second=met and stands.follows.stays and not noted.words,
        talks=[(when, CAME[Came(came)]) for when, came in noted.talks],
        words=[
            (WHY[Why(why)], name, datetime.fromisoformat(when) if when else None) for _, why, name, when in noted.words
        ],
    )


def keep_in_line(there: Visit, case: Any, stands: Rung | None) -> None:
    """Where what is owed differs from what age and answer ask for today: press the look. Most pages press nothing."""
    found = wanted(case, stands, there.at)
    if found.should == found.are or Role.COUNSELOR not in there.roles:
        return
    try:
        look(by=there.by, at=there.at, case=case)
    except Refused:  # not on the care team: nobody looks for somebody else
        return


def looks(there: Visit, known: Mapping[UUID, Identity]) -> None:
    """Do the looks that this counselor owes, for those whose names this page has opened; what stays owed needs a person."""
    if there.locked:
        return
    owed = [one for one in owed_by(there.by.id) if one.kind == LOOK and one.case is not None]
    for one in owed[:MOST_LOOKS]:
        row = cases.case(one.case) if one.case else None
        stands = guardian.rung(known.get(row.client_id), calendar().local(there.at)) if row else None
        if row is not None and stands is not None:
            keep_in_line(there, row, stands)


def shown(
    there: Visit, case: Any, who: Identity | None, bookings: list[Any], at: datetime | None = None
) -> dict[str, Any]:
    """For the template."""
    return {
        "minors": minors_of(there, case, who, bookings, at),
        "guardian_came": [(key, word, key == there.request.POST.get("guardian_came")) for key, word in CAME.items()],
        "second_why": WHY.items(),
        "phone_counts": school_profile()["people.second_word"] == guardian.PHONE_COUNTS,
        "second_at": calendar_now(there.at),
        "once_talk": uuid.uuid4(),
        "once_second": uuid.uuid4(),
    }


def calendar_now(at: datetime) -> str:
    """A moment as an input of date and time has it, at the school."""
    return at.astimezone(calendar().zone).strftime("%Y-%m-%dT%H:%M")


def note_talk_beside(there: Visit, row: Any) -> None:
    """Before signing a record: what came of the talk, where it was chosen there."""
    came = there.request.POST.get("guardian_came", "")
    if came and not guardian.has_talked(row.case_id):
        guardian.note_talk(by=there.by, at=there.at, case=row.case, came=came)
