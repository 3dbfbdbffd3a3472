"""In plain words: acts and rules about the texts of an agreement and how it goes on. Each is translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.policy.acts import Act

RENEWAL_ACTS: Final[Mapping[Act, str]] = {
    Act.READ_SIGNED: _("Read again what was signed"),
    Act.RENEW_CONSENT: _("Note that the agreement was said again"),
}

RENEWAL_WORDS: Final[Mapping[str, str]] = {
    "what_goes_on_was_signed_first": _("The client has not signed yet; your tap cannot take the place of that."),
    "who_is_younger_reads_simpler_words": _(
        "Younger students come to this school: beside the whole text the agreement says the same in simpler words."
    ),
    "nothing_is_asked_again_without_need": _("It was noted already, and nothing has changed since."),
}

# Where in a version something is missing or too hard: which text, in which language (`policy.agreement.place`).
PLACES: Final[Mapping[tuple[str, str], str]] = {
    ("whole", "zh"): _("%(part)s (whole text, Chinese)"),
    ("whole", "en"): _("%(part)s (whole text, English)"),
    ("simple", "zh"): _("%(part)s (in simpler words, Chinese)"),
    ("simple", "en"): _("%(part)s (in simpler words, English)"),
}


def placed(part: str, words: Mapping[str, str]) -> str:
    """A part of a version with its text and language, in words; another part as it is."""
    name, *where = part.split(".")
    if name not in words:
        return part
    known = gettext(words[name])
    return gettext(PLACES[where[0], where[1]]) % {"part": known} if where else known
