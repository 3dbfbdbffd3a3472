"""Write, open, sort, answer and close letters. The writer opens the answer with the own key, and nobody but who may answer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.ruling import Boundary, Owed
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.duty import book
from subrosa.records.notice.book import tell
from subrosa.records.outreach.facts import DUTY as DUTY_TEAM
from subrosa.records.outreach.facts import at_the_door, duty_pair
from subrosa.records.person.clients import Identity
from subrosa.records.person.doorway import let_go, settle
from subrosa.records.person.models import Client
from subrosa.records.person.returning import Newcomer
from subrosa.records.school.prepared import put
from subrosa.records.vault import held, keys, rings
from subrosa.records.vault.many import fetch_rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Holder, Key, Scope
from subrosa.records.vault.texts import close_text, open_text

from . import facts, queries
from .lists import Answer
from .models import Draft
from .models import Letter as Letter
from .states import TRANSITIONS, State

DUTY, RING, NOTICE = "letter", "letter", "answered"
CLAUSE = "APPT-09"
NOTHING = Opened("")


def _ring(letter: Letter) -> tuple[str, UUID]:
    return ("case", letter.case_id) if letter.case_id else (RING, letter.pk)


def _key(letter: Letter, who: Opener, *, to_seal: bool = False) -> Key:
    kind, of = _ring(letter)
    return rings.open_ring(kind, of, who, to_seal=to_seal, client=letter.client_id).key(Scope.SHARED)


def _new_key(letter: Letter, who: Opener, at: datetime) -> Key:
    """What is shared of the case, or a fresh keyring that the writer and the duty team hold and nobody else."""
    if letter.case_id is not None:
        return _key(letter, who, to_seal=True)
    team, own = duty_pair(), Keypair.objects.get(pk=who.keypair)
    assert team is not None, "the clause asked for it"
    keys.check_certificate(team)
    holders = [Holder(team, Scope.SHARED), Holder(own, Scope.SHARED, of=letter.client_id)]
    return rings.make(RING, letter.pk, holders, who, clause=CLAUSE, at=at).key(Scope.SHARED)


def _owe(letter: Letter, case: Case | None, at: datetime) -> None:
    """The first answer, once a letter: by the own counselor, else by the center until somebody takes it."""
    owed = Owed(DUTY, CLAUSE, queries.answered_by(at), case.counselor_id if case else None)
    if owed.owner is None:
        book.open_for_center(owed=owed, about=letter, at=at)
    else:
        book.open_duty(owed=owed, about=letter, actor=owed.owner, at=at)


@audit.act(Act.SEND_LETTER, on="client", facts=facts.sending_facts)
def send(
    *, by: Actor, at: datetime, client: Client, text: str, at_door: bool = False, once: UUID | None = None
) -> Letter:
    """Seal a letter: to the care team of the open case, or to whoever is on duty. An answer is owed from now on."""
    case = facts.case_for(by, client)
    letter = Letter(client=client, case=case, at_door=at_door, sent_at=at)
    sealed = close_text(letter, "body", text, _new_key(letter, opener_of(by), at))
    letter.save(force_insert=True)
    audit.sealed(hashlib.sha256(sealed).digest())
    _owe(letter, case, at)
    return letter


@audit.act(Act.LETTER_AT_THE_DOOR, days=at_the_door, facts=facts.door_facts)
def write_at_the_door(
    *, by: Actor, at: datetime, newcomer: Newcomer, name: str, text: str, once: UUID | None = None
) -> Letter:
    """A letter without an account: a pseudonym with keys of its own, which the sixteen digits open again."""
    settle(newcomer, Identity(name))
    letter: Letter = send(by=newcomer.me, at=at, client=newcomer.client, text=text, at_door=True)
    return letter


@dataclass(frozen=True, slots=True)
class Read:
    """One letter, opened; `opens` is false where somebody altered it below the program. `draft` is the reader's own."""

    letter: Letter
    text: Opened = NOTHING
    answer: Answer = field(default_factory=Answer)
    draft: Answer = field(default_factory=Answer)
    opens: bool = True

    def __repr__(self) -> str:
        return "…"


def _opened(letter: Letter, who: Opener, draft: Answer) -> Read:
    try:
        key = _key(letter, who)
        text, answer = open_text(letter, "body", key), open_text(letter, "answer", key)
    except Boundary:
        return Read(letter, draft=draft, opens=False)
    return Read(letter, text, Answer.of(answer), draft)


@audit.act(Act.OPEN_LETTER, on="letter", facts=facts.mail_facts, reads=True)
def open_letter(*, by: Actor, at: datetime, letter: Letter, with_draft: bool = False) -> Read:
    """Open one letter: an entry that names it, and that the client sees where there is a file."""
    who = opener_of(by)
    row = Draft.objects.filter(letter=letter, author_id=by.id).first() if with_draft else None
    return _opened(letter, who, Answer.of(held.open_own(row, "text", who)) if row else Answer())


def _fetch(letters: Sequence[Letter], who: Opener) -> None:
    """The keyrings of a page, in as many statements for thirty as for one: of the own cases, and what the team holds."""
    fetch_rings("case", {one.case_id for one in letters if one.case_id is not None}, who)
    alone = [one.pk for one in letters if one.case_id is None]
    if not alone:
        return
    team = rings.team_opener(DUTY_TEAM, who)
    fetch_rings(RING, alone, team)
    for key in alone:
        with suppress(Boundary):  # an altered one keeps no other from being read
            who.rings[(RING, key)] = rings.open_ring(RING, key, team)


@audit.act(Act.OPEN_LETTER, facts=facts.page_facts, reads=True)
def open_page(*, by: Actor, at: datetime, letters: Sequence[Letter]) -> Sequence[Read]:
    """Open a page of letters at once: one entry for the page and one for each letter, which costs nothing else."""
    _fetch(letters, opener_of(by))
    return [open_letter(by=by, at=at, letter=one) for one in letters]


@audit.act(Act.READ_OWN_LETTERS, on="client", facts=facts.own_facts, reads=True)
def read_own(*, by: Actor, at: datetime, client: Client) -> Sequence[Read]:
    """The writer opens the own letters and what came back, newest first."""
    who, rows = opener_of(by), queries.of_client(client.pk)
    fetch_rings(RING, [row.pk for row in rows if row.case_id is None], who)
    return [_opened(letter, who, Answer()) for letter in rows]


def _end(letter: Letter, act: Act, by: Actor, at: datetime, **changes: object) -> Letter:
    """Answered or closed: what was owed is settled, no draft is left, and the writer is told."""
    letter.state = TRANSITIONS[(State(letter.state), act)]
    letter.ended_at, letter.ended_by_id = at, by.id
    for name, value in changes.items():
        setattr(letter, name, value)
    letter.save(update_fields=["state", "ended_at", "ended_by", *changes])
    Draft.objects.filter(letter=letter).delete()
    book.settle(kind=DUTY, about=letter, by=by.id, at=at)
    if not facts.before_the_end(letter):  # whoever leaves is not called back, not even by a notice
        tell(to=letter.client_id, kind=NOTICE, about=letter.pk, at=at)
    return letter


@audit.act(Act.SORT_LETTER, on="letter", facts=facts.sorting_facts)
def sort_letter(*, by: Actor, at: datetime, letter: Letter, choice: str, once: UUID | None = None) -> Letter:
    """Today, this week, or an answer. Whoever takes a letter that belonged to nobody owes its answer."""
    letter.state, letter.choice = TRANSITIONS[(State(letter.state), Act.SORT_LETTER)], choice
    letter.taken_at = letter.taken_at or at
    letter.save(update_fields=["state", "choice", "taken_at"])
    if letter.case_id is None:
        book.hand_to(kind=DUTY, about=letter, owner=by.id)
    return letter


@audit.act(Act.KEEP_ANSWER, on="letter", facts=facts.mail_facts)
def keep_answer(*, by: Actor, at: datetime, letter: Letter, answer: Answer, once: UUID | None = None) -> Letter:
    """Keep what was typed, sealed to its author's public half: a locked session can do it too. Its beginning is the entry."""
    key = uuid5(letter.pk, str(by.id))
    if Draft.objects.filter(pk=key).exists():
        audit.goes_on()
    row = Draft(pk=key, letter=letter, author_id=by.id, kept_at=at)
    held.close_to(row, "text", answer.as_text(), held.keypair_of_staff(by.id))
    put(row, instead=["text", "kept_at"])
    return letter


def _kept_instead(*, by: Actor, at: datetime, letter: Letter, answer: Answer, **_: Any) -> None:
    keep_answer(by=by, at=at, letter=letter, answer=answer)


@audit.act(Act.ANSWER_LETTER, on=("letter.case", "letter"), facts=facts.answering_facts, draft=_kept_instead)
def answer_letter(*, by: Actor, at: datetime, letter: Letter, answer: Answer, once: UUID | None = None) -> Letter:
    """Seal the answer under the letter's own key: the writer opens it, and who may open the letter."""
    sealed = close_text(letter, "answer", answer.as_text(), _key(letter, opener_of(by), to_seal=True))
    audit.sealed(hashlib.sha256(sealed).digest())
    return _end(letter, Act.ANSWER_LETTER, by, at, answer=sealed)


@audit.act(Act.CLOSE_LETTER, on=("letter.case", "letter"), facts=facts.closing_facts)
def close_letter(*, by: Actor, at: datetime, letter: Letter, how: str, once: UUID | None = None) -> Letter:
    """Done with, without a written answer: came to talk instead, or one of the other ways of the list."""
    return _end(letter, Act.CLOSE_LETTER, by, at, closed=how)


@audit.act(Act.FORGET_LETTER, on=("letter.client", "letter"), facts=facts.time_facts)
def forget(*, by: Actor, at: datetime, letter: Letter) -> None:
    """The clock's act, which needs no key: key, letter, answer and drafts go; with the last of them the writer's way in.

    The client is locked first: a letter, a time or a slip that is given at this moment keeps the way in.
    """
    if letter.case_id is None:
        rings.destroy(RING, letter.pk, at=at)
    client = letter.client_id
    Draft.objects.filter(letter=letter).delete()
    Letter.objects.filter(pk=letter.pk).delete()
    if queries.came_for_letters_alone(client):
        let_go(client, at=at)
