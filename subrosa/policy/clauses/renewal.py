"""Consent goes on (CON-05): one sentence and one tap with each school year and each change, never before the meeting."""

from __future__ import annotations

from datetime import date

from ..facts import RenewalFacts
from ..ruling import Outcome
from .base import clause

SINCE = date(2018, 7, 1)


@clause("CON-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("agreement_signature",))
def what_goes_on_was_signed_first(facts: RenewalFacts) -> bool:
    """A tap of the counselor renews a client's own signature; it never takes the place of one."""
    return facts.signed


@clause("CON-05", since=SINCE, otherwise=Outcome.NOT_YET, missing=("renewal_due",))
def nothing_is_asked_again_without_need(facts: RenewalFacts) -> bool:
    """Once a school year, and when something changed: whoever said yes a week ago is not asked again."""
    return facts.due or not facts.signed
