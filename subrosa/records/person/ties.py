"""Ties between a counselor and classes of the school, named in the agreement (REL-01, CON-03).

Which class a client is in stands nowhere here: every tie of a counselor is named to every client of that counselor, as the
timetable names it anyway. Nothing is compared, so nothing has to be opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from subrosa.policy.credentials import OF_CLASSES, TieKind
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.server import open_personal

from .models import Tie


@dataclass(frozen=True, slots=True)
class TieShown:
    """One tie, opened with the server key. `by_oneself`: entered by the counselor, who may end it.

    `words_en` is empty where a sentence stands in one language only, and with ties to classes.
    """

    id: UUID
    kind: TieKind
    words: Opened
    words_en: Opened
    named: bool
    by_oneself: bool

    @property
    def in_one_language(self) -> bool:
        """A sentence that some of those who come cannot read."""
        return self.kind not in OF_CLASSES and not (self.words and self.words_en)


def tie(key: UUID) -> Tie | None:
    """One tie."""
    return Tie.objects.select_related("staff").filter(pk=key).first()


def ties_of(staff: UUID) -> list[TieShown]:
    """The ties of one colleague that stand now, oldest first."""
    return ties_of_all([staff]).get(staff, [])


def ties_of_all(staff: list[UUID]) -> dict[UUID, list[TieShown]]:
    """The ties that stand now, by colleague: in one statement for any number of them; without those who have none."""
    return _by_colleague(Tie.objects.filter(staff_id__in=staff, ended_at=None))


def named_ties(staff: list[UUID], at: datetime) -> dict[UUID, list[TieShown]]:
    """The ties that an agreement named at a moment, by counselor: in one statement for any number of them."""
    rows = Tie.objects.filter(staff_id__in=staff, named_at__lte=at).filter(Q(ended_at=None) | Q(ended_at__gt=at))
    return _by_colleague(rows)


def unnamed_ties(staff: UUID) -> int:
    """How many ties of a counselor the agreement does not name yet."""
    return Tie.objects.filter(staff_id=staff, named_at=None, ended_at=None).count()


def _by_colleague(rows: QuerySet[Tie]) -> dict[UUID, list[TieShown]]:
    found: dict[UUID, list[TieShown]] = {}
    for row in rows.order_by("entered_at", "id"):
        found.setdefault(row.staff_id, []).append(_shown(row))
    return found


def _shown(row: Tie) -> TieShown:
    words, english = open_personal(row, "words"), open_personal(row, "words_en")
    return TieShown(row.pk, TieKind(row.kind), words, english, row.named_at is not None, row.entered_by == row.staff_id)
