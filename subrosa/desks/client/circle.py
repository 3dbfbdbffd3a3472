"""Who can open my file, and who is to: read from the keys as they are now, whoever comes in first shown, then let in (CON-09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from subrosa.records.case import widening
from subrosa.records.case.queries import Opens, who_can_open
from subrosa.records.correspondence.queries import lies_with_duty
from subrosa.records.person import queries as people
from subrosa.records.person.teams import members

DUTY, ARCHIVE = "duty", "archive"
PLACES: Final = {"client": 1, DUTY: 2, "crisis": 3, ARCHIVE: 4}  # after the people; whoever stands in comes last
TEAMS: Final[Mapping[str, tuple[str, str]]] = {
    "crisis": (_("The crisis team"), _("your safety plan and nothing else, when you are in danger")),
    DUTY: (_("The duty team"), _("what you wrote beforehand, until the first meeting")),
    ARCHIVE: (_("The archive"), _("keeps the closed file until it is destroyed")),
}
CALLED: Final[Mapping[str, str]] = {DUTY: _("the duty team"), "crisis": _("the crisis team"), ARCHIVE: _("the archive")}
WAYS: Final[Mapping[str, str]] = {
    "case": _("is to open it too; it does not work yet"),
    "counselor_gone": _("is to take your file over, because your counselor is no longer here; from %(day)s on"),
    "legal_demand": _("is to open it too, because a court or the police demands it in writing; from %(day)s on"),
    "teams": _("from %(day)s on also, in %(teams)s"),
}
AT_ONCE: Final[Mapping[tuple[bool, str], str]] = {  # whether it is about a team, and the ground
    (True, "danger"): _("on %(day)s at once, in %(teams)s: for somebody's safety it could not wait"),
    (True, "nobody_on_duty"): _("on %(day)s at once, in %(teams)s: otherwise nobody would have been on duty"),
    (False, "told"): _("got the key of your file on %(day)s; you had been told"),
    (False, "danger"): _("got the key of your file on %(day)s at once: your safety could not wait"),
}


@dataclass(frozen=True, slots=True)
class OpenerShown:
    """Somebody who can open (part of) the file, or is to, in words; `waits` where no key has gone anywhere yet."""

    name: str
    role: str
    waits: bool = False


def circle(client: UUID, cases: Sequence[Any], current: Any) -> dict[str, Any]:
    """Both lists of a page: who can open the current file, and who is to open anything of this client, or had to at once."""
    outside = lies_with_duty(client)
    coming = widening.to_come(cases, (DUTY,) if outside else ())
    rows = who_can_open(current.pk) if current else []
    shown = _openers(rows, client, current.counselor_id if current else None)
    if outside and not any(row.kind == DUTY for row in rows):
        shown.append(OpenerShown(_team(DUTY, members([DUTY])), gettext("what you wrote to whoever is on duty")))
    to_come = _to_come(coming)
    waits = any(one.waits for one in to_come)
    said = {"still_to_come": waits, "nothing_opened": all(one.waits for one in to_come)}
    return {"openers": shown, "to_come": to_come, "has_file": current is not None, **said}


def _to_come(rows: Iterable[widening.ToCome]) -> list[OpenerShown]:
    """Who is to open the file too and cannot yet, and who could not wait."""
    rows = list(rows)
    names = people.names({row.staff for row in rows})
    return [OpenerShown(names.get(row.staff, "–"), _way(row), waits=not row.at_once) for row in rows]


def _way(row: widening.ToCome) -> str:
    words = AT_ONCE[bool(row.teams), row.at_once] if row.at_once else WAYS[row.way]
    day = row.since or row.starts
    teams = gettext(", ").join(gettext(CALLED[team]) for team in CALLED if team in row.teams)
    return gettext(words) % {"day": date_format(day, gettext("l, F j")) if day else "", "teams": teams}


def _openers(rows: Sequence[Opens], client: UUID, counselor: UUID | None) -> list[OpenerShown]:
    """Who holds which key of a file, read from the keys themselves; a team with the names of those who are on it."""
    found = []
    rows = sorted(
        rows, key=lambda row: (row.dormant, row.kind != "staff", row.of != counselor, PLACES.get(row.kind, 0))
    )
    names = people.names(row.of for row in rows if row.kind == "staff")
    on = members({ARCHIVE, *(row.kind for row in rows if row.kind in TEAMS)})
    for row in rows:
        if row.kind == "staff":
            found.append(OpenerShown(names.get(row.of, "–"), _holds(row, counselor)))
        elif row.kind == "client" and row.of == client:
            found.append(OpenerShown(gettext("You"), gettext("what you wrote, and what is shared with you")))
        elif row.kind in TEAMS:
            found.append(OpenerShown(_team(row.kind, on), gettext(TEAMS[row.kind][1])))
    if rows and on[ARCHIVE] and not any(row.kind == ARCHIVE for row in rows):
        found.append(
            OpenerShown(_team(ARCHIVE, on), gettext("later, once the file is closed: keeps it until it is destroyed"))
        )
    return found


def _holds(row: Opens, counselor: UUID | None) -> str:
    if row.dormant:
        return gettext("stands in: only during a registered absence")
    return gettext("your counselor: the whole file") if row.of == counselor else gettext("the whole file")


def _team(team: str, on: Mapping[str, Sequence[UUID]]) -> str:
    """A team and who is on it now."""
    named = people.names(on[team])
    names = gettext(", ").join(named[one] for one in on[team] if one in named)
    title = gettext(TEAMS[team][0])
    return gettext("%(team)s (%(names)s)") % {"team": title, "names": names} if names else title
