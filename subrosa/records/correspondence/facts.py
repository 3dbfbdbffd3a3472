"""From rows to what the clauses about letters may look at, and which keys a letter lies under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from subrosa.policy.actor import Actor
from subrosa.policy.facts import (
    BoxFacts,
    FarewellFacts,
    LetterTimeFacts,
    MailFacts,
    OwnFacts,
    PostFacts,
)
from subrosa.records.case.handing import holds_shared
from subrosa.records.case.models import Case
from subrosa.records.case.queries import on_care_team, open_case_of
from subrosa.records.case.states import IN_HAND
from subrosa.records.case.states import State as CaseState
from subrosa.records.outreach.facts import HOUR, duty_pair, on_duty_team
from subrosa.records.outreach.lists import Choice
from subrosa.records.person.clients import accounts_of
from subrosa.records.person.models import Client
from subrosa.records.school.calendar import school_profile
from subrosa.records.vault.opener import Opener

from .lists import Answer, Closed
from .models import Letter
from .states import OPEN

UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x00AD, 0x3164, 0xFEFF])


def door_facts(*, at: datetime, **_: Any) -> tuple[BoxFacts]:
    """A letter about to be written at the door: as many an hour as slips. Guarded by the door's lock."""
    waiting = Letter.objects.filter(at_door=True, state__in=OPEN, sent_at__gt=at - HOUR).count()
    return (BoxFacts(duty_pair() is not None, True, waiting, school_profile()["duty.slips_per_hour"]),)


def case_for(by: Actor, client: Client) -> Case | None:
    """The open case whose counselor reads what this client writes: one that these keys open what is shared of."""
    case = open_case_of(client.pk)
    return case if case is not None and holds_shared(by, case) else None


def sending_facts(*, by: Actor, client: Client, text: str, **_: Any) -> tuple[OwnFacts, PostFacts]:
    """A letter about to be sent. Keys of a device that was handed over do not last until the answer, a file does."""
    case, pairs = case_for(by, client), {one.keypair_id for one in accounts_of(client.pk)}
    own = isinstance(by.opener, Opener) and by.opener.keypair in pairs
    said = bool(text.translate(UNSEEN).strip())
    return OwnFacts(own=by.id == client.pk), PostFacts(
        said, case is not None or duty_pair() is not None, own or bool(case)
    )


def reads(by: Actor, letter: Letter) -> bool:
    """Whether it was written to this colleague: the care team of its case, or the duty team."""
    if letter.case is None:
        return on_duty_team(by)
    return letter.case.state in IN_HAND and on_care_team(letter.case, by)


def mail_facts(*, by: Actor, letter: Letter, **_: Any) -> tuple[MailFacts]:
    """A letter about to be opened, or a draft of its answer to be kept. Guarded by its row."""
    return (MailFacts(reads(by, letter), open=letter.state in OPEN),)


def page_facts(*, by: Actor, letters: Sequence[Letter], **_: Any) -> tuple[MailFacts]:
    """A page of letters about to be opened: whether each was written to this colleague."""
    alone = any(one.case_id is None for one in letters)
    mine = all(reads(by, one) for one in letters if one.case_id is not None)
    return (MailFacts(mine and (not alone or on_duty_team(by))),)


def sorting_facts(*, by: Actor, letter: Letter, choice: str, **_: Any) -> tuple[MailFacts]:
    """A letter about to be sorted. Guarded by its row."""
    return (MailFacts(reads(by, letter), letter.state in OPEN, choice in set(Choice)),)


def closing_facts(*, by: Actor, letter: Letter, how: str, **_: Any) -> tuple[MailFacts]:
    """A letter about to be closed. Guarded by its row."""
    return (MailFacts(reads(by, letter), letter.state in OPEN, how in set(Closed)),)


def before_the_end(letter: Letter) -> bool:
    """Whether the client has ended it since this was written: the answer lies there, nothing calls for it."""
    left = letter.case.left_at if letter.case is not None else None
    return left is not None and letter.sent_at <= left


def answering_facts(*, by: Actor, letter: Letter, answer: Answer, **_: Any) -> tuple[MailFacts, FarewellFacts]:
    """An answer about to be sent. Guarded by the rows of its case and its own."""
    invites = answer.time and before_the_end(letter)
    mail = MailFacts(reads(by, letter), letter.state in OPEN, said=answer.said, invites_who_left=invites)
    return mail, FarewellFacts(unsourced=bool(answer.text.unsourced()))


def own_facts(*, by: Actor, client: Client, **_: Any) -> tuple[OwnFacts]:
    """Whether the letters are the actor's own."""
    return (OwnFacts(own=by.id == client.pk),)


def gone_after(letter: Letter) -> datetime | None:
    """From when on a letter is destroyed that belongs to no file; None while it is open, or where a file decides."""
    if letter.ended_at is None or letter.case_id is not None:
        return None
    return letter.ended_at + timedelta(days=school_profile()["records.letters_kept_days"])


def time_facts(*, at: datetime, letter: Letter, **_: Any) -> tuple[LetterTimeFacts]:
    """Whether the time of a letter is over, by itself or with its file. Guarded by its row."""
    gone = gone_after(letter)
    with_file = letter.case is not None and letter.case.state == CaseState.DESTROYED
    return (LetterTimeFacts(over=with_file or (gone is not None and at >= gone)),)
