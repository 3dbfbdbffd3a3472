"""What is owed, in words: title, time left, clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.policy.lateness import pace
from subrosa.records.duty.queries import Owed

from .left import end_of_today, since, until
from .rulings import clause_shown

# kind -> title, route, what the route is told: the case, or the row that the duty is about
TITLES = {
    "sign_code": (_("Sign the new version of the code"), "sign_code", {}),
    "record": (_("Write the record of a meeting"), "record", {"key": "case", "booking": "row"}),
    "unsaid": (_("Say whether somebody came"), "case", {"key": "case"}),
    "full_record": (_("Write the full record: two lines are there"), "record", {"key": "case", "booking": "row"}),
    "next_step": (_("A next step, for somebody who is watched over"), "case", {"key": "case"}),
    "danger_report": (_("Danger: tell whoever has a task in it"), "case", {"key": "case"}),
    "sitting": (_("Say who sat down, and complete the form"), "sitting", {"key": "row"}),
    "cry": (_("Somebody asked for the counselor on duty: open it now"), "queue", {}),
    "slip": (_("Read an urgent worry slip"), "queue", {}),
    "letter": (_("Answer a letter"), "answer_letter", {"key": "row"}),
    "insists": (_("Call back somebody who insists on a right; decide it with a second professional"), "inquiries", {}),
    "guardian_talk": (_("Talk about involving the guardian"), "case", {"key": "case"}),
    "plan": (_("Make a plan together, and both say yes to it"), "plan", {"key": "case"}),
    "guardian_look": (_("Look what the family's letter asks for before the next meeting"), "case", {"key": "case"}),
    "closing": (_("A client has ended it: bring the file to its end"), "close_case", {"key": "case"}),
    "look_again": (_("Look again at what the client's page keeps back"), "client_page", {"key": "case"}),
    "paper_scan": (_("A signed paper waits to be scanned"), "case", {"key": "case"}),
    "credential_waits": (_("Look at the original of a certificate, and confirm it"), "credentials", {}),
    "credential": (_("Enter a certificate, and show the original"), "my_card", {}),
    "credential_ends": (_("A certificate ends soon: enter the renewed one"), "my_card", {}),
    "name_tie": (_("Put on your card what you also are to a class"), "my_card", {}),
    "recover": (_("A case is given to you: two keepers of a seat type their sheets"), "recover_case", {"key": "row"}),
    "broken_ledger": (_("The log was changed: look at it and explain it"), "ledger", {}),
    "destroy": (_("A file's time is over: look at it, then confirm"), "destruction", {}),
    "destroy_briefs": (_("The time of brief contacts is over: look at them, then confirm"), "destruction", {}),
    "archive_run": (_("A term is over: bind its volumes"), "volumes", {}),
}


@dataclass(frozen=True, slots=True)
class OwedShown:
    """One row of an owed list. `climbed` is since when it is on the lead's page; `danger` is danger to a person, today."""

    title: str
    url: str
    clause_id: str
    clause_title: str
    clause_url: str
    left: str
    due: datetime
    late: bool
    who: str
    danger: bool = False
    climbed: str = ""


def title(kind: str) -> str:
    """What a duty of this kind asks, in the reader's language."""
    words = TITLES.get(kind, ("",))[0]
    return gettext(words) if words else kind


def time_left(row: Owed, at: datetime) -> tuple[str, bool]:
    """Until when there is time, or since when it is late, and which of both. What is due is not late before its time."""
    late = row.late_from
    if at >= late:
        return gettext("late %(since)s") % {"since": since(late, at)}, True
    return until(row.due if at < row.due else late, at), False


def _url(row: Owed) -> str:
    """Where the duty is done; empty for one that has no page."""
    _title, route, needs = TITLES.get(row.kind, ("", "", {}))
    if route == "case" and row.about.startswith("appointment.Sitting:"):
        route, needs = "sitting", {"key": "row"}  # a brief contact has its own page, and may belong to no case
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
    tonight = end_of_today(at)
    for row in rows:
        url = _url(row) if names is None or row.owner == me else ""
        clause = clause_shown(row.clause)
        left, late = time_left(row, at)
        who = (names or {}).get(row.owner, "") if row.owner else ""
        climbed = since(row.climbed_at, at) if row.climbed_at else ""
        of = (clause.id, clause.title, clause.url)
        danger = pace(row.kind).danger and row.due <= tonight
        result.append(OwedShown(title(row.kind), url, *of, left, row.due, late, who, danger, climbed))
    return result
