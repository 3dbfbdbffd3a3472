"""The minors' ladder beside meetings: what a booking may know of it, what is owed after the second meeting, and the look.

Age and answer can be read only where the desk's key is open. Elsewhere a press goes through and the look is owed; the next
open session of the counselor does it by itself (decision 0015).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary, Owed
from subrosa.records import audit
from subrosa.records.case.facts import care_facts
from subrosa.records.case.models import Case
from subrosa.records.consent import guardian
from subrosa.records.consent.guardian import LOOK, TALK, Rung
from subrosa.records.duty.book import due_again, open_kinds, settle_of_case
from subrosa.records.person.clients import identities
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault.opener import Opener

from .models import Booking
from .states import State

CLAUSE = "CON-01"
TAKEN = (State.BOOKED, State.HELD)
TALK_WITHIN = 10  # school days, where no next meeting is booked yet


def read_rung(by: Actor, client: UUID, day: date) -> Rung | None:
    """Where a client stands on a day of the school; None where this session cannot read it."""
    if by.kind is not Kind.STAFF or not isinstance(by.opener, Opener):
        return None
    try:
        return guardian.rung(identities(by.opener, [client]).get(client), day)
    except Boundary:
        return None


def family_facts(by: Actor, client: UUID, case: UUID | None, before: int, starts_at: datetime) -> Mapping[str, Any]:
    """What `ConsentFacts` is told of the ladder for a booking: nothing before the meeting from which an answer counts."""
    counts_from = school_profile()["minors.letter_no_holds_from_meeting"]
    if case is None or before + 1 < counts_from:
        return {}
    stands = read_rung(by, client, calendar().local(starts_at))
    if stands is None or stands.column is None:
        return {}
    return {
        "column": stands.column,
        "letter": stands.letter,
        "second_word": guardian.has_second_word(case),
        "letter_no_holds_from": counts_from,
    }


def look_after_booking(*, by: Actor, client: Any, starts_at: datetime, **_: Any) -> list[Owed]:
    """Who books where no age can be read books all the same; the counselor owes the look before that meeting."""
    taken = Booking.objects.filter(client_id=client.pk, case__state="open", state__in=TAKEN).select_related("case")
    rows = list(taken)
    if len(rows) < school_profile()["minors.letter_no_holds_from_meeting"]:
        return []
    case = rows[0].case
    if read_rung(by, client.pk, calendar().local(starts_at)) or guardian.has_second_word(case.pk):
        return []
    return [] if open_kinds(case.pk, [LOOK]) else [Owed(LOOK, CLAUSE, starts_at, case.counselor_id)]


def talk_comes_with(booking: Booking) -> None:
    """Part of a booking: a talk that is owed is due at the next meeting."""
    due_again(kind=TALK, case=booking.case_id, due=booking.starts_at)


def _due(case: UUID, at: datetime) -> datetime:
    """The next meeting that is booked; else some school days on."""
    ahead = Booking.objects.filter(case_id=case, state=State.BOOKED, starts_at__gt=at).order_by("starts_at")
    first: datetime | None = ahead.values_list("starts_at", flat=True).first()
    return first or calendar().after_school_days(at, TALK_WITHIN)


def owed_after_meeting(by: Actor, at: datetime, case: Case) -> list[Owed]:
    """After the second held meeting: a talk about involving the guardian, or the look whether one is owed."""
    held = Booking.objects.filter(case=case, state=State.HELD).count()
    if held != school_profile()["minors.guardian_talk_after_meeting"]:
        return []
    stands = read_rung(by, case.client_id, calendar().local(at))
    kind = LOOK if stands is None else TALK if stands.follows.talk else ""
    if not kind or guardian.has_talked(case.pk) or open_kinds(case.pk, [kind]):
        return []
    return [Owed(kind, CLAUSE, _due(case.pk, at), case.counselor_id)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the two duties should be open, and which are."""

    should: frozenset[str]
    are: frozenset[str]


def wanted(case: Case, stands: Rung | None, at: datetime) -> Wanted:
    """Compare what age and answer ask for today with what is owed. Where the age is not known nothing changes."""
    are = frozenset(open_kinds(case.pk, [TALK, LOOK]))
    if stands is None or stands.column is None:
        return Wanted(are, are)
    profile, follows = school_profile(), stands.follows
    rows = Booking.objects.filter(case=case, state__in=TAKEN).values_list("state", "starts_at")
    held = sum(state == State.HELD for state, _ in rows)
    ahead = any(state == State.BOOKED and starts > at for state, starts in rows)
    goes_on = ahead and len(rows) >= profile["minors.letter_no_holds_from_meeting"]
    should = set()
    if follows.talk and held >= profile["minors.guardian_talk_after_meeting"] and not guardian.has_talked(case.pk):
        should.add(TALK)
    if follows.stays and goes_on and not guardian.has_second_word(case.pk):
        should.add(LOOK)
    return Wanted(frozenset(should), are)


def _missing(*, by: Actor, at: datetime, case: Case, **_: Any) -> list[Owed]:
    """What age and answer ask for and nobody owes yet."""
    found = wanted(case, read_rung(by, case.client_id, calendar().local(at)), at)
    due = _due(case.pk, at)
    return [Owed(kind, CLAUSE, due, case.counselor_id) for kind in sorted(found.should - found.are)]


@audit.act(Act.LOOK_AT_LETTER, on="case", facts=care_facts, owes=_missing)
def look(*, by: Actor, at: datetime, case: Case) -> Case:
    """Bring what is owed into line with age and answer: after a birthday, a letter that came back, a booking from outside."""
    found = wanted(case, read_rung(by, case.client_id, calendar().local(at)), at)
    for kind in sorted(found.are - found.should):
        settle_of_case(kind=kind, case=case.pk, by=by.id, at=at)
    return case
