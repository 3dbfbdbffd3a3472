"""Credentials and ties in plain words: acts, rules, what a *not yet* names, and the two closed lists. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act
from subrosa.policy.credentials import CredentialKind, TieKind

KINDS: Final[Mapping[CredentialKind, str]] = {
    CredentialKind.TEACHER: _("Teacher's certificate in mental-health education"),
    CredentialKind.PROVINCIAL_A: _("Provincial certificate in school counseling, level A"),
    CredentialKind.PROVINCIAL_B: _("Provincial certificate in school counseling, level B"),
    CredentialKind.PROVINCIAL_C: _("Provincial certificate in school counseling, level C"),
    CredentialKind.NATIONAL: _("National certificate for counselors, as it was until 2017"),
    CredentialKind.SOCIETY: _("Registered with a professional society"),
    CredentialKind.OTHER: _("Another certificate"),
}
TIES: Final[Mapping[TieKind, str]] = {
    TieKind.LESSON: _("Teaches the psychology lesson, which nobody marks, in"),
    TieKind.CLASS_TEACHER: _("Is the class teacher of"),
    TieKind.WAY: _("Also works in this way, and what it is for"),
    TieKind.ELSE: _("A sentence of one's own"),
}
NAMED: Final[Mapping[TieKind, str]] = {
    TieKind.LESSON: _("I also teach the psychology lesson of %(words)s."),
    TieKind.CLASS_TEACHER: _("I am also the class teacher of %(words)s."),
}

QUALIFYING_ACTS: Final[Mapping[Act, str]] = {
    Act.ENTER_CREDENTIAL: _("Enter a certificate"),
    Act.VERIFY_CREDENTIAL: _("Say that the original was seen"),
    Act.NOTE_SEEN_OUTSIDE: _("Note who outside the school saw the original"),
    Act.END_CREDENTIAL: _("Take a certificate back"),
    Act.OWE_CREDENTIAL: _("Note that a certificate is owed"),
    Act.REMIND_CREDENTIAL: _("Remind of a certificate that ends"),
    Act.ENTER_TIE: _("Enter a tie to a class"),
    Act.NAME_TIE: _("Name a tie in the agreement"),
    Act.END_TIE: _("End a tie to a class"),
}

QUALIFYING_WORDS: Final[Mapping[str, str]] = {
    "a_credential_is_entered_by_its_owner_or_who_verifies": _(
        "Everybody enters and takes back the own certificates; for a colleague lead or steward do."
    ),
    "a_credential_says_what_it_is": _("A certificate has a kind and a number."),
    "nobody_verifies_the_own_credential": _(
        "Nobody confirms the own certificate. Show the original to somebody else who confirms it."
    ),
    "an_outside_look_is_noted_by_the_owner_where_nobody_here_can": _(
        "Here somebody else can look at the original: show it to the lead or the steward, who confirms it."
    ),
    "an_outside_look_names_who_and_when": _(
        "Say which outside professional saw the original, and on which day; the day has come already."
    ),
    "a_credential_is_verified_once": _(
        "This certificate was confirmed or taken back a moment ago. A renewed one is entered as a new one."
    ),
    "only_what_lasts_is_verified": _("The day of this certificate has passed. Enter the renewed one."),
    "a_reminder_comes_once_and_on_its_day": _("There is nothing to remind of today, or it was done."),
    "new_clients_go_to_who_is_verified": _(
        "New clients are not booked with this counselor for now: nobody has confirmed a certificate that is in force."
        " Meetings with those who come already go on."
    ),
    "a_tie_is_entered_by_who_has_it_or_by_the_lead": _(
        "A tie to a class is entered by the counselor or by the lead; what the lead entered, the lead ends."
    ),
    "a_tie_says_with_whom": _("Please say which kind of tie it is, and with which classes."),
    "everybody_names_the_own_ties": _("What stands under a counselor's name is put there by that counselor."),
    "a_registered_tie_stands_in_the_agreement": _(
        "One line about the counselor is still missing in the agreement. Signing waits for it; the next meeting does not."
    ),
    "the_page_is_within_the_limit_of_reading": _("This text is harder to read than the students of this school can."),
}

QUALIFYING_MISSING: Final[Mapping[str, str]] = {
    "credential_kind": _("the kind"),
    "credential_number": _("the number, with at most 60 signs"),
    "credential_in_time": _("a certificate that is in force"),
    "outside_professional": _("an outside professional whom the center has named"),
    "day_that_came": _("a day that has come"),
    "open_credential": _("a certificate that waits to be confirmed"),
    "verified_credential": _("a confirmed certificate"),
    "tie_kind": _("the kind of tie"),
    "tie_words": _("the classes or the sentence, with at most 240 signs"),
    "named_tie": _("the counselor's line about a class"),
    "plainer_nature": _("shorter sentences under “What this is”"),
    "plainer_meaning": _("shorter sentences under “What it is good for”"),
    "plainer_features": _("shorter sentences under “How it goes”"),
    "plainer_scope": _("shorter sentences under “What it can help with”"),
    "plainer_limits": _("shorter sentences under “What it cannot do”"),
    "plainer_rights": _("shorter sentences under “You may”"),
    "plainer_duties": _("shorter sentences under “And please”"),
    "plainer_openness": _("shorter sentences under “How much to say”"),
    "plainer_qualification": _("shorter sentences under “Who I am”"),
    "plainer_ways": _("shorter sentences under “How I work”"),
    "plainer_keeping": _("shorter sentences under “Who keeps it, who can open it”"),
    "plainer_exceptions": _("shorter sentences under “When I cannot keep it to myself”"),
    "plainer_else": _("shorter sentences under the other headings"),
}
