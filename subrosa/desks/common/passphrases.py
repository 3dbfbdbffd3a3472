"""What is too easily guessed to be a passphrase: what many people use, what this place is called, one letter over and over."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext_lazy as _

from subrosa.records.school.context import school_in_force

OWN = (
    "subrosa",
    "\u5b88\u5fc3",
    "password",
    "passphrase",
    "\u53e3\u4ee4",
    "\u5bc6\u7801",
)  # known to whoever stands before this door; in both languages
LEFT = 8  # characters that must remain when all known words are taken out
DIFFERENT = 4


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The list of passwords that leaked most often which ships with the framework."""
    return frozenset(CommonPasswordValidator().passwords)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _known(about: tuple[str, ...]) -> list[str]:
    """What somebody who stands before this door knows already, the longest first."""
    school = school_in_force()
    words = {_folded(one).strip() for one in (school.name_zh, school.name_en, school.host, *OWN, *about)}
    return sorted((word for word in words if len(word) > 1), key=len, reverse=True)


def check(passphrase: str, *about: str) -> None:
    """Return quietly for a passphrase that may be taken; `about` is what it must not consist of (a sign-in name)."""
    typed = _folded(passphrase)
    if typed.strip() in _common():
        raise forms.ValidationError(
            _("Many people use this one, so it is tried first. Take four words that only you put together.")
        )
    if len(set(typed)) < DIFFERENT:
        raise forms.ValidationError(
            _("These are too few different letters. Take four words that only you put together.")
        )
    rest = typed
    for word in _known(about):
        rest = rest.replace(word, "")
    if rest != typed and len("".join(rest.split())) < LEFT:
        raise forms.ValidationError(
            _("This is little more than a name that everybody here knows. Add two words that only you would think of.")
        )
