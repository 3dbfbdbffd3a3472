"""In plain words: the acts and rules about letters to the center. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

LETTER_ACTS: Final[Mapping[Act, str]] = {
    Act.LETTER_AT_THE_DOOR: _("Write a letter without an account"),
    Act.SEND_LETTER: _("Send a letter"),
    Act.OPEN_LETTER: _("Open a letter that somebody wrote"),
    Act.SORT_LETTER: _("Sort a letter"),
    Act.KEEP_ANSWER: _("Keep the draft of an answer"),
    Act.ANSWER_LETTER: _("Answer a letter"),
    Act.CLOSE_LETTER: _("Close a letter without a written answer"),
    Act.READ_OWN_LETTERS: _("Read the own letters and answers"),
    Act.FORGET_LETTER: _("Destroy a letter whose time is over"),
}

LETTER_WORDS: Final[Mapping[str, str]] = {
    "a_letter_says_something": _("Please write a word or two; nothing else is asked for."),
    "a_letter_has_somebody_to_read_it": _(
        "Nobody can read letters here yet, so none is taken. Please come by or call; nothing of yours was sent."
    ),
    "an_answer_finds_its_way_back": _(
        "On this device nothing could bring the answer back to you. Write it without an account: sixteen digits lead to it."
    ),
    "a_letter_opens_for_those_it_was_written_to": _(
        "Letters open for the care team, or, where there is no file, for the duty team, and for nobody else."
    ),
    "an_answered_letter_stays_as_it_is": _("This letter was answered or closed already; it stays as it is."),
    "what_happens_with_a_letter_is_one_of_the_list": _("Please choose one of the answers on the page."),
    "an_answer_says_something": _("Please write a line; somebody is waiting for it."),
    "no_answer_invites_who_has_left": _(
        "The client has ended it since writing this. The answer goes without “shall we find a time?” and lies there."
    ),
    "no_letter_waits_when_a_file_ends": _(
        "A letter of this client still waits. Answer it or close it first: nobody could open it afterwards."
    ),
    "a_letter_goes_when_its_time_is_over": _("This letter can still be read: its time is not over."),
}
