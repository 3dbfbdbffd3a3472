"""Writing one entry: plain SQL, because an act costs at most twelve statements and its entry is on every path."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, models

from subrosa.ledger.entry import Entry, encode
from subrosa.policy.actor import NOBODY, Actor
from subrosa.policy.ruling import Outcome, Ruling
from subrosa.records.school.context import current_school

COLUMNS = (
    "id, school_id, at, act, outcome, actor_kind, actor_id, about, client_id, case_id, clauses, missing, within, digest,"
    " bytes, once, answer"
)
INSERT = (  # an entry, and in the same statement its row for the clock, which gives it a place in the tree
    f"WITH entry AS (INSERT INTO audit_entry ({COLUMNS}) VALUES ({', '.join(['%s'] * 17)}) RETURNING id, school_id, at)"  # noqa: S608  constants only
    " INSERT INTO audit_waiting (id, school_id, at) SELECT id, school_id, at FROM entry"
)


@dataclass(frozen=True, slots=True)
class About:
    """What an act was about: "drawer.Model:uuid", and the client and case it belongs to."""

    name: str = ""
    client: UUID | None = None
    case: UUID | None = None


def name_of(row: models.Model) -> str:
    """ "drawer.Model:uuid", as entries and answers write a row."""
    return f"{row._meta.label}:{row.pk}"


def about(row: models.Model | None) -> About:
    """Read client and case from the row itself (`client_id`, `case_id`, or being the client or case)."""
    if row is None:
        return About()
    own = row._meta.label_lower
    client = row.pk if own == "person.client" else getattr(row, "client_id", None)
    case = row.pk if own == "case.case" else getattr(row, "case_id", None)
    return About(name_of(row), client, case)


def write(
    ruling: Ruling,
    *,
    by: Actor,
    at: datetime,
    of: About,
    digest: bytes = b"",
    once: UUID | None = None,
    answer: str = "",
) -> None:
    """Insert one entry. A *not yet* is counted without names: no actor, no object, only act, clauses and parts."""
    named = ruling.outcome is not Outcome.NOT_YET
    entry = Entry(
        id=uuid.uuid4(),
        school=current_school(),
        at=at,
        act=ruling.act,
        outcome=ruling.outcome,
        actor_kind=by.kind if named else "",
        actor=by.id if named and by.id != NOBODY else None,
        about=of.name if named else "",
        client=of.client if named else None,
        case=of.case if named else None,
        clauses=ruling.clauses,
        missing=ruling.missing,
        within=ruling.within or "",
        digest=digest,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                *(entry.id, entry.school, entry.at, entry.act, entry.outcome, entry.actor_kind, entry.actor),
                *(entry.about, entry.client, entry.case, list(entry.clauses), list(entry.missing), entry.within),
                *(entry.digest, encode(entry), once, answer),
            ],
        )
