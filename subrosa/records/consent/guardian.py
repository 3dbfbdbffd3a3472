"""The minors' ladder for one client, read in an unlocked session; the talk about the guardian, and a second word.

Age and letter stand in plain on neither side: the day of birth lies in the identity under the desk's key, the answer in the
roster's card. Only what was done about them is a row, and what it came to is sealed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from subrosa.policy import ladder
from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import CareTeamFacts, GuardianTalkFacts, SecondWordFacts
from subrosa.policy.ladder import Ages, Band, Follows, Letter
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team
from subrosa.records.duty.book import settle_of_case
from subrosa.records.person.clients import Identity
from subrosa.records.roster.queries import letter_of
from subrosa.records.school.calendar import calendar, school_profile
from subrosa.records.vault import rings
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Key, Ring, Scope
from subrosa.records.vault.texts import close_text, open_text

from .models import GuardianTalk, SecondWord

TALK, LOOK = "guardian_talk", "guardian_look"  # kinds of duty
PHONE_COUNTS = "phone counts"


class Came(StrEnum):
    """What came of a talk about involving the guardian. No words: they stay between the two."""

    TOGETHER = "together"
    ALONE = "alone"
    LATER = "later"
    NOT_SAFE = "not_safe"


class Why(StrEnum):
    """Why counseling goes on after a family's "no": somebody else was heard, or a ground that needs nobody."""

    SECOND = "second"
    DANGER = "danger"
    HARM_AT_HOME = "harm_at_home"


@dataclass(frozen=True, slots=True)
class Rung:
    """Where one client stands: the column (None where no day of birth is known), the family's answer, the birthday."""

    column: Band | None
    letter: Letter
    born: date | None

    @property
    def follows(self) -> Follows:
        """What that means for counseling that goes on; nothing where the age is not known."""
        return ladder.follows(self.column, self.letter) if self.column else Follows()

    def __repr__(self) -> str:
        return "…"


def ages() -> Ages:
    """The birthdays of this school kind."""
    profile = school_profile()
    return Ages(profile["minors.fourteen"], profile["minors.of_age"])


def rung(identity: Identity | None, day: date) -> Rung | None:
    """Where somebody stands on a day of the school; None where nobody has said yet who it is."""
    if identity is None:
        return None
    letter = letter_of(UUID(identity.roster)) if identity.roster else None
    born = date.fromisoformat(identity.born) if identity.born else letter.born if letter else None
    answer = Letter(letter.consent or Letter.NONE) if letter else Letter.NONE
    if identity.of_age:
        return Rung(Band.OF_AGE, answer, born)
    return Rung(ladder.band(born, day, ages()) if born else None, answer, born)


def turned_since(stands: Rung, after: datetime, until: datetime) -> int | None:
    """The birthday that changed the column between two moments, by the days of the school."""
    if stands.born is None:
        return None
    return ladder.turned(stands.born, calendar().local(after), calendar().local(until), ages())


def has_second_word(case: UUID) -> bool:
    """Whether a second word or a ground was noted for a case."""
    return SecondWord.objects.filter(case_id=case).exists()


def has_talked(case: UUID) -> bool:
    """Whether the talk about the guardian was had."""
    return GuardianTalk.objects.filter(case_id=case).exists()


def _talk_facts(*, by: Actor, case: Case, came: str, **_: Any) -> tuple[CareTeamFacts, GuardianTalkFacts]:
    return CareTeamFacts(on_care_team(case, by)), GuardianTalkFacts(listed=came in set(Came))


@audit.act(Act.NOTE_GUARDIAN_TALK, on="case", facts=_talk_facts)
def note_talk(*, by: Actor, at: datetime, case: Case, came: str, once: UUID | None = None) -> GuardianTalk:
    """They have talked about involving the guardian; one tap says what came of it, and the duty is settled."""
    row = GuardianTalk(case=case, at=at, by_id=by.id)
    _close(row, "came", came, _file_key(by, case))
    settle_of_case(kind=TALK, case=case.pk, by=by.id, at=at)
    return row


def _word_facts(
    *, by: Actor, at: datetime, case: Case, why: str, who: str = "", when: datetime | None = None, **given: Any
) -> tuple[CareTeamFacts, SecondWordFacts]:
    word = SecondWordFacts(
        listed=why in set(Why),
        ground=why in {Why.DANGER, Why.HARM_AT_HOME},
        named=bool(who.strip()),
        dated=when is not None and when <= at,
        in_writing=bool(given.get("in_writing")),
        phone_counts=school_profile()["people.second_word"] == PHONE_COUNTS,
    )
    return CareTeamFacts(on_care_team(case, by)), word


@audit.act(Act.NOTE_SECOND_WORD, on="case", facts=_word_facts)
def note_second_word(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    why: str,
    who: str = "",
    when: datetime | None = None,
    in_writing: bool = False,
    once: UUID | None = None,
) -> SecondWord:
    """A second professional was heard (name and time), or a ground stands for itself: the next meeting may be held."""
    row = SecondWord(case=case, at=at, by_id=by.id)
    said = {"why": why, "who": who.strip(), "when": when.isoformat() if when else "", "in_writing": in_writing}
    _close(row, "said", json.dumps(said, ensure_ascii=False), _file_key(by, case))
    settle_of_case(kind=LOOK, case=case.pk, by=by.id, at=at)
    return row


def _file_key(by: Actor, case: Case) -> Key:
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    return ring.key(Scope.FILE)


def _close(row: GuardianTalk | SecondWord, field: str, text: str, key: Key) -> None:
    sealed = close_text(row, field, text, key)
    row.save(force_insert=True)
    audit.sealed(hashlib.sha256(sealed).digest())


@dataclass(frozen=True, slots=True)
class Noted:
    """What was done about the guardian in one file, opened: each talk and each second word, oldest first."""

    talks: list[tuple[datetime, str]]
    words: list[tuple[datetime, str, str, str]]

    def __repr__(self) -> str:
        return "…"


def noted_of(who: Opener, case: UUID) -> Noted:
    """The rows of a case that an act of this request has opened; nothing where this session holds no FILE key."""
    ring = who.rings.get(("case", case))
    if not isinstance(ring, Ring):
        return Noted([], [])
    talks, words = GuardianTalk.objects.filter(case_id=case), SecondWord.objects.filter(case_id=case)
    key = ring.key(Scope.FILE)
    return Noted(
        [(row.at, open_text(row, "came", key)) for row in talks.order_by("at")],
        [(row.at, *_word(open_text(row, "said", key))) for row in words.order_by("at")],
    )


def _word(text: Opened) -> tuple[str, str, str]:
    said = json.loads(text)
    return said["why"], said["who"], said["when"]
