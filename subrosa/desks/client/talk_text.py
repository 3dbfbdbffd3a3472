"""What is typed beforehand, kept exactly: only line ends are made one kind, and what does not fit is said, not cut."""

from __future__ import annotations

from django import forms
from django.utils.translation import ngettext

LONGEST = 20_000  # characters
MOST_SENT = LONGEST


def line_ends(text: str) -> str:
    """One kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def reason_in_full(typed: str) -> str:
    """Exactly what was typed; a ValidationError with the number of characters that do not fit."""
    text = line_ends(typed)
    if len(text) > LONGEST:
        over = len(text) - LONGEST
        raise forms.ValidationError(
            ngettext(
                "This is %(over)s character more than fits (20,000). Shorten it, or bring it along; nothing is lost.",
                "This is %(over)s characters more than fit (20,000). Shorten it, or bring it along; nothing is lost.",
                over,
            )
            % {"over": f"{over:,}"}
        )
    return text
