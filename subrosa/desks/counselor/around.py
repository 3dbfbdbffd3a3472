"""What a file or record page shows around its records: words left beforehand and afterwards, what is listed, what is hoped for.

Read after an act of the same request has opened the file; nothing here opens a key.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from subrosa.desks.common.requests import Visit
from subrosa.desks.common.rulings import NextStep, RulingShown
from subrosa.policy.grounds import cards
from subrosa.policy.roles import Role
from subrosa.policy.ruling import Ruling
from subrosa.records.appointment.words import unsaid_of
from subrosa.records.consent.opened import hope_of, mark_simpler, talks_of
from subrosa.records.consent.points import AGAIN, ANSWERS, OPEN, Point, Points
from subrosa.records.consent.queries import consents, in_force, renewals
from subrosa.records.consent.renewal import changed_in, due_of
from subrosa.records.person.queries import colleagues
from subrosa.records.school.calendar import calendar
from subrosa.records.vault.opener import opener_of

WHY_LISTED: Final[Mapping[str, object]] = {
    "guessed": _("guessed otherwise"),
    "skipped": _("not guessed"),
    "changed": _("changed since: explain this change"),
}
CAME_OF_IT: Final[Mapping[str, object]] = {"understood": _("understood"), "again": _("again next time")}
REST = "rest"  # the button that carries over what has no answer yet


@dataclass(frozen=True, slots=True)
class PointShown:
    """One listed situation in the reader's language, why it is listed, and what was chosen on this page."""

    key: str
    situation: str
    answer: str
    why: object
    again: bool
    chosen: str
    open: bool

    def __repr__(self) -> str:
        return "…"


def points_shown(listed: Iterable[Point], typed: Mapping[str, str]) -> list[PointShown]:
    """The list as a page shows it."""
    place = 0 if (get_language() or "").startswith("zh") else 1
    words = {one.key: one for one in cards()}
    return [
        PointShown(
            one.card,
            words[one.card].situation[place],
            words[one.card].answer[place],
            WHY_LISTED[one.why],
            one.state == AGAIN,
            typed.get(f"point_{one.card}", ""),
            one.state == OPEN,
        )
        for one in listed
        if one.card in words
    ]


def talked(points: Points) -> list[tuple[Any, str, object]]:
    """Each time a situation was talked over: when, which, and what came of it; for the thread."""
    place = 0 if (get_language() or "").startswith("zh") else 1
    words = {one.key: one.situation[place] for one in cards()}
    return [
        (when, words.get(one.card, one.card), CAME_OF_IT[came]) for one in points.values() for came, when in one.talks
    ]


def said_of_points(post: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen on a page, card by card; with the button for the rest, all that has no answer comes again."""
    keys = [name.removeprefix("listed_") for name in post if str(name).startswith("listed_")]
    said = {key: str(post.get(f"point_{key}", "")) for key in keys}
    if REST in post:
        said = {key: one or AGAIN for key, one in said.items()}
    return {key: one for key, one in said.items() if one in ANSWERS}


@dataclass(frozen=True, slots=True)
class Around:
    """`shown` goes to the template; `unsaid`, `talked`, `signatures` and `renewed` to the thread."""

    shown: dict[str, Any]
    unsaid: Mapping[UUID, str]
    talked: list[tuple[datetime, str, object]]
    signatures: list[Any]
    renewed: list[Any]

    def __repr__(self) -> str:
        return "…"


def around_of(
    there: Visit, case: Any, bookings: Sequence[Any], reasons: Mapping[UUID, str], typed: Mapping[str, str]
) -> Around:
    """Everything around the records of an opened case, in the reader's language."""
    who = opener_of(there.by)
    unsaid, talks = unsaid_of(who, case.pk), talks_of(who, case.pk)
    held = [one for one in bookings if one.state == "held"]
    ahead = [one for one in bookings if one.state == "booked"]
    signatures, renewed = consents(case.pk), renewals(case.pk)
    mark_simpler(who, case.pk, signatures)
    shown = {
        "agreed": standing_of_agreement(signatures, renewed, there.at),
        "points": points_shown(talks.listed, typed),
        "hope": hope_of(who, case.pk),
        "left_after": unsaid.get(held[-1].pk, "") if held else "",
        "said_before": reasons.get(ahead[0].pk, "") if ahead else "",
        "may_have_seen": [
            {"id": one.id, "name": one.name, "me": one.id == there.by.id}
            for one in colleagues()
            if one.state == "active" and Role.COUNSELOR in one.roles
        ],
        "languages": settings.LANGUAGES,
        "once_points": uuid.uuid4(),
        "once_hope": uuid.uuid4(),
        "once_paper": uuid.uuid4(),
        "once_renewal": uuid.uuid4(),
    }
    return Around(shown, unsaid, talked(talks.points), signatures, renewed)


def standing_of_agreement(signatures: Sequence[Any], renewed: Sequence[Any], at: datetime) -> dict[str, Any]:
    """How a case stands to the agreement, without opening anything; `due` is what is to be said again in a meeting."""
    latest = in_force()
    due = due_of(signatures, renewed, latest, calendar().local(at))
    return {
        "agreement": latest,
        "signed": any(one.withdrawn_at is None for one in signatures),
        "due": due,
        "changed": changed_in(due, get_language() or ""),
    }


def naming(said: RulingShown, ruling: Ruling, points: Iterable[PointShown]) -> RulingShown:
    """The charter's answer with the open situations by name, which it does not know itself, and the way to them."""
    *first, last = [one.situation for one in points if one.open] or [""]
    open_ones = gettext("; ").join([*(one.rstrip(".\u3002") for one in first), last])  # one full stop, at the end
    text = gettext("Not noted yet whether this was talked over: %(situations)s") % {"situations": open_ones}
    reasons = [
        replace(one, text=text) if "open_card" in reason.missing else one
        for one, reason in zip(said.reasons, ruling.reasons, strict=True)
    ]
    return replace(said, reasons=reasons, next=NextStep(gettext("To the situations"), "#points-listed"))
