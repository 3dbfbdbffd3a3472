"""The numbers on the help page (RISK-04): what may not answer is never all that somebody in danger finds."""

from __future__ import annotations

from datetime import date

from ..facts import HelplineFacts
from .base import clause

SINCE = date(2018, 7, 1)


@clause("RISK-04", since=SINCE, missing=("line_that_always_answers",))
def a_line_that_may_not_answer_is_never_the_last(facts: HelplineFacts) -> bool:
    """12356 and 12355 are not answered everywhere and always: another line comes after them, one that is."""
    return bool(facts.shown) and facts.shown[-1] not in facts.may_not_answer
