"""The record of a brief contact: two taps and two lines, under a key of its own. No case, no plan (decision 0014)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.danger import UNANSWERED, DangerAnswer
from subrosa.policy.facts import CareTeamFacts, DangerFacts, RecordFacts, SittingFacts
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team, open_case_of
from subrosa.records.case.series import draw
from subrosa.records.duty.steps import danger_facts, owe
from subrosa.records.person.models import Staff
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import held, rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Holder, Key, Scope, opened_ring
from subrosa.records.vault.texts import close_text, open_text
from subrosa.timetable.calendar import plus_years

from .models import BriefLine, Sitting
from .others import deputy_of
from .sitting import BRIEF, of_case, settle_named, sitting_facts

OF_CASE = "case"
SIGNED = ["became", "ended_at", "signed_at", "case", "under", "body", "draft"]
MOST = 2_000  # characters: two lines, and a little


class About(StrEnum):
    """What a brief contact was about: one tap."""

    STUDY = "study"
    PEERS = "peers"
    FAMILY = "family"
    FEELINGS = "feelings"
    ADVICE = "advice"
    OTHER = "other"


class Came(StrEnum):
    """What came of it: one tap."""

    CALMER = "calmer"
    COMES_AGAIN = "comes_again"
    HANDED_ON = "handed_on"
    NOTHING_MORE = "nothing_more"


class WhyLong(StrEnum):
    """Why a meeting took longer than the profile asks nothing about (APPT-04)."""

    CRISIS = "crisis"
    TEST = "test"
    JOINT_TALK = "joint_talk"
    NEEDED = "needed"


LISTS: Mapping[str, type[StrEnum]] = {"about": About, "came": Came}


@dataclass(frozen=True, slots=True)
class BriefText:
    """What it was about, two lines and danger today; the tap what came of it may be left out, and why it was long."""

    about: str = ""
    came: str = ""
    lines: str = ""
    why_long: str = ""
    danger: DangerAnswer = UNANSWERED

    def __repr__(self) -> str:
        return "…"

    def empty_parts(self) -> tuple[str, ...]:
        """What is still missing; of the answer about danger the clauses say it themselves."""
        there = {"about": self.about in set(About), "lines": bool(self.lines.strip())}
        return tuple(part for part, said in there.items() if not said)

    def as_text(self) -> str:
        """One text for sealing."""
        held = {name: value for name, value in asdict(self).items() if name != "danger"}
        return json.dumps(held | {"danger": self.danger.as_dict()}, ensure_ascii=False, sort_keys=True)

    def signed(self) -> BriefText:
        """What is signed of it: of the answer only what belongs to it, and a tap only where it is one of the list."""
        return replace(self, came=self.came if self.came in set(Came) else "", danger=self.danger.kept())

    @classmethod
    def of(cls, text: str) -> BriefText:
        """Read a sealed text back; empty for an empty one."""
        held = json.loads(text) if text else {}
        return cls(**{**held, "danger": DangerAnswer.of(held.get("danger"))})


def minutes_of(sitting: Sitting, at: datetime) -> int:
    """How long somebody sat, up to now where the clock still runs."""
    return int(((sitting.ended_at or at) - sitting.began_at).total_seconds() // 60)


@audit.act(Act.KEEP_BRIEF, on="sitting", facts=sitting_facts)
def keep(*, by: Actor, at: datetime, sitting: Sitting, text: BriefText, once: UUID | None = None) -> Sitting:
    """Keep what was typed, sealed to its author's public half: a locked session can do it too."""
    fresh = sitting.draft is None
    held.close_to(sitting, "draft", text.as_text(), held.keypair_of_staff(by.id))
    sitting.save(update_fields=["draft"])
    if not fresh:
        audit.goes_on()
    return sitting


def _kept(*, by: Actor, at: datetime, sitting: Sitting, text: BriefText, **_: Any) -> None:
    keep(by=by, at=at, sitting=sitting, text=text)


def _signing(
    *, by: Actor, at: datetime, sitting: Sitting, text: BriefText, **_: Any
) -> tuple[CareTeamFacts, SittingFacts, RecordFacts, DangerFacts]:
    """A brief contact about to be signed. Guarded by the sitting's row."""
    mine, became = sitting_facts(by=by, sitting=sitting)
    record = RecordFacts(
        text.empty_parts(),
        held=True,
        signed_already=sitting.signed_at is not None,
        minutes=minutes_of(sitting, at),
        asks_after_minutes=school_profile()["sessions.overrun_asks_after_minutes"],
        long_for_a_reason=text.why_long in set(WhyLong),
    )
    return mine, became, record, danger_facts(text.danger, at)


@audit.act(Act.SIGN_BRIEF, on=("sitting.client", "sitting"), facts=_signing, draft=_kept)
def sign(*, by: Actor, at: datetime, sitting: Sitting, text: BriefText, once: UUID | None = None) -> Sitting:
    """Sign it. The open case of this client, where the author is on its care team, takes it in; else it has a key of its own."""
    case = open_case_of(sitting.client_id)
    sitting.became, sitting.ended_at, sitting.signed_at = BRIEF, sitting.ended_at or at, at
    sitting.case = case
    key = _key_for(by, sitting, case, at)
    sealed = close_text(sitting, "body", text.signed().as_text(), key)
    sitting.draft = None
    sitting.retention_until = kept_until(at) if sitting.under == BRIEF else None
    sitting.save(update_fields=[*SIGNED, "retention_until"])
    audit.sealed(hashlib.sha256(sealed).digest())
    settle_named(sitting.client, by=by, at=at)
    owe(text.danger, sitting, by=by.id, at=at)
    draw(BRIEF, BriefLine(sitting=sitting, at=at))
    return sitting


def kept_until(at: datetime) -> date:
    """Nobody is asked when they leave the school: the longest stay counts, and then the years that the profile gives."""
    numbers = school_profile()
    years = numbers["records.at_school_at_most_years"] + numbers["records.retention_years_after_leaving_school"]
    return plus_years(calendar().local(at), years)


def _key_for(by: Actor, sitting: Sitting, case: Case | None, at: datetime) -> Key:
    who = opener_of(by)
    if case is not None and on_care_team(case, by):
        sitting.under = OF_CASE
        return rings.open_ring("case", case.pk, who, to_seal=True, client=case.client_id).key(Scope.FILE)
    sitting.under = BRIEF
    seats = list(Keypair.objects.filter(kind="seat", ended_at=None).order_by("number"))
    ring = rings.make(BRIEF, sitting.pk, _holders(by, case), who, clause="CONF-02", at=at, seats=seats)
    who.rings[(BRIEF, sitting.pk)] = ring
    return ring.key(Scope.FILE)


def _holders(by: Actor, case: Case | None) -> list[Holder]:
    """The author; dormant the deputy; and the counselor of the open case, if it is a colleague's."""
    author = Staff.objects.get(pk=by.id)
    deputy = deputy_of(author)
    others = {case.counselor_id: False} if case is not None else {}
    if deputy is not None:
        others.setdefault(deputy.pk, True)
    asleep = {author.pk: False, **{key: dormant for key, dormant in others.items() if key != author.pk}}
    rows = Staff.objects.filter(pk__in=list(asleep), keypair__isnull=False).select_related("keypair").order_by("pk")
    return [Holder(row.keypair, Scope.ROOT, asleep[row.pk], of=row.pk) for row in rows if row.keypair]


def _reading(*, by: Actor, sitting: Sitting, **_: Any) -> tuple[CareTeamFacts]:
    """The author, and whoever is on the care team of the case that it hangs on."""
    mine, _became = sitting_facts(by=by, sitting=sitting)
    return (CareTeamFacts(mine.on_team or (sitting.case is not None and on_care_team(sitting.case, by))),)


@audit.act(Act.READ_BRIEF, on="sitting", facts=_reading, reads=True)
def read(*, by: Actor, at: datetime, sitting: Sitting) -> BriefText:
    """What was noted; the own draft where it is not signed yet."""
    who = opener_of(by)
    if sitting.signed_at is None:
        return BriefText.of(held.open_own(sitting, "draft", who)) if sitting.draft else BriefText()
    of = (OF_CASE, sitting.case_id) if sitting.under == OF_CASE else (BRIEF, sitting.pk)
    assert of[1] is not None, "what lies under a case's key has a case"
    ring = rings.open_ring(of[0], of[1], who, client=sitting.client_id)
    return BriefText.of(open_text(sitting, "body", ring.key(Scope.FILE)))


def briefs_of(who: Opener, case: UUID) -> list[tuple[Sitting, BriefText | None]]:
    """The brief contacts of a case that an act of this request has opened; None for a text under a key of its own."""
    ring = opened_ring(who, OF_CASE, case)
    found = []
    for row in of_case(case):
        mine = row.under == OF_CASE
        text = BriefText.of(open_text(row, "body", ring.key(Scope.FILE))) if mine else None
        found.append((row, text))
    return found
