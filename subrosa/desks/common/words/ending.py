"""In plain words: the acts and rules about an end that the client chose. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

ENDING_ACTS: Final[Mapping[Act, str]] = {
    Act.END_COUNSELING: _("End it, as the client"),
    Act.COME_AGAIN: _("Come again"),
    Act.SAY_DOOR_IS_OPEN: _("Say once that the door stays open"),
    Act.ASK_IF_SAFE: _("Note the one question whether somebody is safe"),
    Act.PROPOSE_TIME: _("Propose a time"),
    Act.ANSWER_PROPOSAL: _("Answer a proposed time"),
    Act.WITHDRAW_PROPOSAL: _("Take a proposed time back"),
}
_LEFT = _("This client has ended it. Whoever leaves is not pursued: coming again is the client's own step.")
ENDING_WORDS: Final[Mapping[str, str]] = {
    "the_desk_writes_no_reason": _("The desk writes no reason: what it is about is between the two of them."),
    "nobody_books_for_who_has_left": _LEFT,
    "who_has_left_is_not_invited_back": _LEFT,
    "nothing_is_planned_for_who_has_left": _LEFT,
    "no_letter_follows_who_has_left": _LEFT,
    "no_next_time_is_held_out_to_who_has_left": _LEFT,
    "one_neutral_message_follows_and_no_second": _(
        "After an end that the client chose, one neutral message goes, once. There is none before and no second one."
    ),
    "only_open_danger_lets_somebody_ask": _(
        "A client who has left is asked nothing, unless a next step or a report about danger is still open in the file."
    ),
    "who_has_left_is_asked_once": _("This was asked once already. Asking again would be pursuit."),
    "one_time_is_proposed_at_once": _(
        "A time is proposed to this student already, and not answered. A second slip would be pressing."
    ),
    "only_whoever_is_meant_answers": _(
        "Whoever is meant answers alone: by the slip in the own hand, or the own account."
    ),
    "a_proposal_ends_with_its_time": _("This time is not proposed any more. That is all right; nothing is noted."),
    "an_answer_is_yes_another_time_or_no": _("Please choose one of the three answers."),
    "what_was_heard_has_its_day": _("Please say what you heard, and on which day since the end."),
}
_OWN_STEP = _(
    "Nothing more is needed from you. Whoever knocks is welcome: then hand the device over, and the client takes a time "
    "alone. If you see new danger, act on it as with any student."
)
ENDING_INSTEAD: Final[Mapping[str, str]] = {
    **dict.fromkeys((name for name, words in ENDING_WORDS.items() if words == _LEFT), _OWN_STEP),
    "one_neutral_message_follows_and_no_second": _OWN_STEP,
    "only_open_danger_lets_somebody_ask": _(
        "Let it be. If you see new danger, act on it as with any student: the numbers first."
    ),
    "who_has_left_is_asked_once": _(
        "What was heard stands in the file. If you see new danger, act on it as with any student: the numbers first."
    ),
}
ENDING_MISSING: Final[Mapping[str, str]] = {
    "answered_proposal": _("an answer to the first one, or its time; under “Proposed times” you may take it back"),
    "heard": _("what you heard"),
    "open_proposal": _("a time that is still proposed"),
    "asked_day": _("a day from the end until today"),
}
