"""What a client reads: states, acts and rules in plain sentences to "you"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.desks.common.rulings import NextStep, RulingShown, shown
from subrosa.policy.acts import Act
from subrosa.policy.rows.withholding import OPENINGS
from subrosa.policy.ruling import Ruling
from subrosa.records.audit.queries import Noted
from subrosa.records.person import queries as people
from subrosa.records.person.clients import once_were
from subrosa.records.school.calendar import calendar

STATES: Final[Mapping[str, str]] = {
    "booked": _("held for you"),
    "held": _("took place"),
    "no_show": _("you were not there"),
    "cancelled": _("cancelled"),
}

# What a rule says to the client; any other rule falls back to the words that everybody reads.
RULES: Final[Mapping[str, str]] = {
    "a_booking_lies_ahead": _("This time has passed already."),
    "a_booking_is_in_an_offered_time": _("This time is no longer offered. It changed while this page was open."),
    "a_time_is_booked_once": _("This time has just been taken, or you have another appointment then."),
    "new_clients_go_to_who_receives": _("This person takes nobody new at the moment."),
    "late_records_pause_new_clients_only": _("This person takes nobody new at the moment."),
    "a_center_opens_with_the_principals_page_signed": _(
        "Times cannot be booked here yet. Come by; that is always possible."
    ),
    "counseling_goes_on_only_signed": _(
        "The first meeting is free of papers. Before you book the next one, please read and sign our agreement."
    ),
    "only_the_agreement_in_force_is_signed": _(
        "The agreement was changed while this page was open. Please read the new one; nothing was signed."
    ),
    "only_what_is_booked_ends": _("This appointment is not open any more: it took place or was cancelled."),
    "a_client_sees_only_the_own_pages": _("This is not yours, so it does not open."),
    "the_door_holds_only_so_many": _(
        "Very many first times are held at the moment, so no more can be held here. Come by, or phone; that is always possible."
    ),
    "after_wrong_codes_one_waits": _(
        "These digits were wrong too often. Wait an hour and try again, or just come by at your time."
    ),
    "a_link_opens_in_time": _("This code is too old. Ask for a new slip; it is made in a minute."),
    "only_a_holder_opens": _(
        "Your account was made after your first booking, so it does not hold the key yet. "
        "Ask at your next meeting; it takes one press."
    ),
}
TITLES: Final[Mapping[Act, str]] = {
    Act.BOOK: _("This time could not be held"),
    Act.FIRST_CONTACT: _("This time could not be held"),
    Act.TRY_RETURN_CODE: _("Wait an hour"),
    Act.CANCEL_BOOKING: _("This appointment could not be cancelled"),
    Act.GIVE_CONSENT: _("Nothing was signed"),
    Act.OPEN_ACCOUNT: _("The account was not opened"),
    Act.LETTER_AT_THE_DOOR: _("The letter was not sent yet"),
    Act.SEND_LETTER: _("The letter was not sent yet"),
}

DID: Final[Mapping[str, str]] = {
    Act.READ_NOTES: _("opened the records in your file"),
    Act.READ_REASON: _("read what you wrote beforehand"),
    Act.READ_REQUEST: _("read, before your first meeting, what you wrote beforehand"),
    Act.WRITE_NOTE: _("wrote the record of a meeting"),
    Act.KEEP_DRAFT: _("began the record of a meeting"),
    Act.READ_DRAFT: _("went on with the own draft of a record"),
    Act.CHOOSE_DRAFT: _("chose between two drafts of a record"),
    Act.PUT_DRAFT_AWAY: _("put one of two drafts of a record away"),
    Act.LOOK_BACK: _("looked back before a meeting at what was said last time"),
    Act.WRITE_SHORT: _("wrote a few lines about a meeting"),
    Act.NOTE_STEP_DONE: _("noted that something planned was done"),
    Act.ADD_TO_NOTE: _("added to a record"),
    Act.UPLOAD_FILE: _("began to put something into your file"),
    Act.NAME_SCAN: _("kept the paper that you signed as a file"),
    Act.ATTACH_FILE: _("put something into your file"),
    Act.DROP_UPLOAD: _("swept away what had not arrived whole"),
    Act.READ_ATTACHMENT: _("opened something that lies in your file"),
    Act.CHANGE_NOTE: _("wanted to change a record"),
    Act.BOOK: _("booked a time"),
    Act.CANCEL_BOOKING: _("cancelled a time"),
    Act.HOLD_SESSION: _("noted that the meeting took place"),
    Act.NOTE_NO_SHOW: _("noted that nobody came"),
    Act.CHECK_IN: _("noted that you were here"),
    Act.MOVE_BOOKING: _("moved a time"),
    Act.REVIVE_BOOKING: _("held a cancelled time again"),
    Act.HOLD_WALK_IN: _("noted a first meeting without a booking"),
    Act.SIGN_BRIEF: _("noted a brief contact"),
    Act.READ_BRIEF: _("opened the note of a brief contact"),
    Act.NOTE_LENGTH: _("noted how long a meeting was"),
    Act.OPEN_CASE: _("opened the file and made its key"),
    Act.SHOW_JOINING: _("wrote here that a colleague is to open your file too"),
    Act.DROP_JOINING: _("decided otherwise: no further colleague opens your file"),
    Act.GRANT_CASE: _("gave a colleague the key of the file"),
    Act.FIRST_CONTACT: _("came by the door, without an account"),
    Act.SHARE_WITH_CLIENT: _("handed your account the key of what you two share"),
    Act.GIVE_CONSENT: _("signed our agreement"),
    Act.READ_SIGNED: _("read again what was signed"),
    Act.WITHDRAW_CONSENT: _("took the signature back"),
    Act.NOTE_PAPER_CONSENT: _("noted that you signed our agreement on paper"),
    Act.GUESS_CARDS: _("tapped who would hear of it"),
    Act.TALK_OVER_POINT: _("noted that you talked about who would hear of it"),
    Act.RENEW_CONSENT: _("noted that you talked about our agreement again"),
    Act.WRITE_EXPECTATION: _("wrote what would be different"),
    Act.LEAVE_WORDS: _("left words for a meeting"),
    Act.LOOK_AT_LETTER: _("looked whether something is to be talked over first"),
    Act.NOTE_GUARDIAN_TALK: _("noted that you talked over how to go on"),
    Act.NOTE_SECOND_WORD: _("noted a second professional's word"),
    Act.HAND_OVER_DEVICE: _("handed you the center's device"),
    Act.TAKE_DEVICE_BACK: _("closed the center's device"),
    Act.AGREE_GOAL: _("wrote down a goal that you agreed on"),
    Act.RATE_GOAL: _("noted how far a goal was reached"),
    Act.PROPOSE_PLAN: _("wrote down a plan for you to look at"),
    Act.CONFIRM_PLAN: _("said yes to the plan, or noted that you did"),
    Act.READ_PLAN: _("opened the plan"),
    Act.READ_CLIENT_PAGE: _("looked at what this page shows"),
    Act.WITHHOLD_LINES: _("kept lines back from this page for a while, to protect you"),
    Act.SHOW_LINES: _("put the lines back that were kept back"),
    Act.REST_CASE: _("noted until when you two are not meeting"),
    Act.INVITE_BACK: _("let you know that the door is open"),
    Act.END_COUNSELING: _("ended it"),
    Act.COME_AGAIN: _("would like to come again"),
    Act.SAY_DOOR_IS_OPEN: _("let you know, once, that the door stays open"),
    Act.ANSWER_PROPOSAL: _("answered a proposed time"),
    Act.ASK_IF_SAFE: _("asked you once, in person, whether you are safe, and noted what you said"),
    Act.WRITE_LETTER: _("wrote you a letter"),
    Act.READ_LETTER: _("opened the letter"),
    Act.SEND_LETTER: _("wrote a letter"),
    Act.OPEN_LETTER: _("opened a letter that you wrote"),
    Act.SORT_LETTER: _("put a letter that you wrote aside, to answer it"),
    Act.KEEP_ANSWER: _("began an answer to your letter"),
    Act.ANSWER_LETTER: _("answered your letter"),
    Act.CLOSE_LETTER: _("closed a letter that you wrote, without a written answer"),
    Act.FORGET_LETTER: _("destroyed a letter whose time was over"),
    Act.NAME_HOLDER: _("named a colleague who is to get the file back"),
    Act.DROP_HOLDER: _("decided otherwise: nobody was given the file back"),
    Act.RECOVER_CASE: _("got the key of the file back by two sealed sheets"),
    Act.CLOSE_CASE: _("closed the file"),
    Act.PUT_TOGETHER: _("put together what was kept under two names, after asking you"),
    Act.CONTINUE_FILE: _("ended one of two files: it goes on in your other one"),
    Act.TAKE_APART: _("took apart again what had been put together"),
    Act.RESUME_FILE: _("went on with this file by itself again"),
    Act.ARCHIVE_CASE: _("handed the file to the archive"),
    Act.ASK_WHAT_CAME: _("asked your counselor whether the meeting took place"),
    Act.CLIMB_DUTY: _("told the head of the center that something in your file is late, not what"),
    Act.OWE_DESTRUCTION: _("noted that the time of the file is over"),
    Act.CONFIRM_DESTRUCTION: _("confirmed that the file is destroyed"),
    Act.OPEN_ARCHIVED: _("opened the file in the archive, to bind it or to look something up"),
    Act.DESTROY_CASE: _("destroyed the key of the file: nobody can open it any more"),
}
TRIED: Final[Mapping[str, str]] = {  # what was refused did not happen: a reader must not take it for done
    Act.READ_NOTES: _("wanted to open the records in your file"),
    Act.READ_REASON: _("wanted to read what you wrote beforehand"),
    Act.READ_ATTACHMENT: _("wanted to open something that lies in your file"),
    Act.OPEN_LETTER: _("wanted to open a letter that you wrote"),
    Act.ANSWER_LETTER: _("wanted to answer your letter"),
}


def told(ruling: Ruling) -> RulingShown:
    """A ruling in sentences to the client."""
    found = shown(ruling)
    reasons = [
        replace(reason, text=gettext(RULES[said.rule])) if said.rule in RULES else reason
        for reason, said in zip(found.reasons, ruling.reasons, strict=True)
    ]
    title = TITLES.get(ruling.within or ruling.act)
    step = found.next
    if any(said.rule == "counseling_goes_on_only_signed" for said in ruling.reasons):
        step = NextStep(gettext("Read and sign our agreement"), reverse("mine_agreement"))
    return replace(found, title=gettext(title) if title else found.title, reasons=reasons, next=step, instead="")


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One line of "who opened my file"; `times` where the same thing was done several times on one day."""

    at: datetime
    who: str
    did: str
    refused: bool
    opening: bool
    times: int = 1


def entries(rows: Iterable[Noted], client: UUID) -> list[EntryShown]:
    """The log of a file in plain words, newest first; the client's own looks at this page are left out.

    The same step once more is counted, not said again: an opening over the whole day, since whoever goes to and fro in a
    file opens it each time, and twenty lines of that frighten; anything else only where nothing lies between.
    """
    found: list[EntryShown] = []
    places: dict[tuple[object, ...], int] = {}
    for row, who in _told(rows, client):
        one = EntryShown(row.at, who, _did(row), row.outcome == "refused", row.act in OPENINGS)
        same = one.who, one.did, one.refused, calendar().local(one.at)
        place = places.get(same)
        if place is not None and (one.opening or place == len(found) - 1):
            found[place] = replace(found[place], times=found[place].times + 1)
        else:
            places[same] = len(found)
            found.append(one)
    return found


def who_and_what(rows: Iterable[Noted], client: UUID) -> list[tuple[Noted, str]]:
    """Each entry of a log by itself, as one sentence: for the page of proofs."""
    return [(row, f"{who} {_did(row)}") for row, who in _told(rows, client)]


def _told(rows: Iterable[Noted], client: UUID) -> list[tuple[Noted, str]]:
    """What of a log is told, each with who did it: two statements for any number."""
    rows = [row for row in rows if row.act in DID and row.outcome != "not_yet"]
    names = people.names({row.actor for row in rows if row.actor_kind == "staff" and row.actor})
    selves = once_were(client)
    return [(row, _who(row, names, selves)) for row in rows]


def _did(row: Noted) -> str:
    tried = TRIED.get(row.act) if row.outcome == "refused" else None
    return gettext(tried or DID[row.act])


def _who(row: Noted, names: Mapping[UUID, str], selves: Collection[UUID]) -> str:
    if row.actor_kind == "client":
        return gettext("You") if row.actor in selves else gettext("Another account")
    if row.actor_kind == "staff" and row.actor:
        return names.get(row.actor) or gettext("A former colleague")
    return gettext("You") if row.act == Act.FIRST_CONTACT else gettext("The program itself")
