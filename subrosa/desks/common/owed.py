"""What is owed, in words: title, time left, clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from subrosa.records.duty.queries import Owed

from .rulings import clause_shown

# kind -> title, route, what the route is told: the case, or the row that the duty is about
TITLES = {
    "sign_code": (_("Sign the new version of the code"), "sign_code", {}),
    "record": (_("Write the record of a meeting"), "record", {"key": "case", "booking": "row"}),
    "sitting": (_("Say who sat down, and complete the form"), "sitting", {"key": "row"}),
    "cry": (_("Somebody asked for the counselor on duty: open it now"), "queue", {}),
    "slip": (_("Read an urgent worry slip"), "queue", {}),
    "insists": (_("Call back somebody who insists on a right; decide it with a second professional"), "inquiries", {}),
    "guardian_talk": (_("Talk about involving the guardian"), "case", {"key": "case"}),
    "guardian_look": (_("Look what the family's letter asks for before the next meeting"), "case", {"key": "case"}),
    "paper_scan": (_("A signed paper waits to be scanned"), "case", {"key": "case"}),
    "recover": (_("A case is given to you: two keepers of a seat type their sheets"), "recover_case", {"key": "row"}),
    "broken_ledger": (_("The log was changed: look at it and explain it"), "ledger", {}),
    "destroy": (_("A file's time is over: look at it, then confirm"), "destruction", {}),
}


@dataclass(frozen=True, slots=True)
class OwedShown:
    """One row of an owed list."""

    title: str
    url: str
    clause_id: str
    clause_title: str
    clause_url: str
    left: str
    due: datetime
    late: bool
    who: str


def time_left(due: datetime, at: datetime) -> str:
    """How long there is, or how late it is, in one short phrase."""
    gap = abs(due - at)
    days, hours, minutes = gap.days, gap.seconds // 3600, max(1, gap.seconds // 60)
    if gap >= timedelta(days=1):
        span = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    elif gap >= timedelta(hours=1):
        span = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    else:
        span = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return (gettext("%(span)s left") if due >= at else gettext("%(span)s late")) % {"span": span}


def _url(row: Owed) -> str:
    """Where the duty is done; empty for one that has no page."""
    _title, route, needs = TITLES.get(row.kind, ("", "", {}))
    known = {"case": row.case, "row": row.about.partition(":")[2]}
    try:
        return reverse(route, kwargs={name: known[what] for name, what in needs.items()}) if route else ""
    except NoReverseMatch:
        return ""


def shown(
    rows: Iterable[Owed], at: datetime, names: Mapping[UUID, str] | None = None, me: UUID | None = None
) -> list[OwedShown]:
    """Rows of the duty book in the reader's language. With `names` it is a list of everybody: only `me` is led on."""
    result = []
    for row in rows:
        title = TITLES.get(row.kind, (row.kind,))[0]
        url = _url(row) if names is None or row.owner == me else ""
        clause = clause_shown(row.clause)
        left, late = time_left(row.due, at), row.due < at
        who = (names or {}).get(row.owner, "") if row.owner else ""
        result.append(OwedShown(gettext(title), url, clause.id, clause.title, clause.url, left, row.due, late, who))
    return result
