"""One file goes on in another of the same student: what is still open comes along, what is signed stays where it is.

The file that goes on takes over what lies ahead, what has no record yet, what is owed, and the standing yes of the client.
Their texts are sealed anew under its key by somebody who holds both. Every signed record stays under the key that it was
signed under; the file that ends is closed with a number of its own and is kept, bound and destroyed like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.appointment.models import Booking, Sitting
from subrosa.records.appointment.states import State as Booked
from subrosa.records.archive.numbers import number_of
from subrosa.records.case.ended import DUTY as CLOSING
from subrosa.records.case.facts import care_facts
from subrosa.records.case.joining import nobody_joins_now
from subrosa.records.case.models import Case, Letter
from subrosa.records.case.plan import DUTY as PLAN
from subrosa.records.case.states import State
from subrosa.records.consent.guardian import LOOK, TALK
from subrosa.records.consent.models import Consent, GuardianTalk, Renewal, SecondWord, Understanding
from subrosa.records.duty.models import Duty
from subrosa.records.note.models import Note
from subrosa.records.vault import rings
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.rings import Ring, Scope
from subrosa.records.vault.taking import take_back
from subrosa.records.vault.texts import close_text, open_text

WHY: Final = "joined"
SEALED: Final[Mapping[type[Model], Mapping[str, Scope]]] = {
    Booking: {"reason": Scope.SHARED, "unsaid": Scope.SHARED, "why_long": Scope.FILE},
    Letter: {"text": Scope.SHARED},
    Consent: {"wording": Scope.SHARED},
    Understanding: {"points": Scope.SHARED},
    GuardianTalk: {"came": Scope.FILE},
    SecondWord: {"said": Scope.FILE},
}
OF_ITS_OWN: Final = (PLAN, CLOSING)  # owed for a file as such: what goes on in another owes neither
FOLLOWING: Final = (Note, Sitting, Booking, Consent, Renewal, GuardianTalk, SecondWord, Understanding, Letter)
STAYING: Final = ("letter", "look_again")  # about rows that stay: a letter of that file, lines of its page kept back
ONCE: Final = (TALK, LOOK)  # owed once a client


@dataclass(frozen=True, slots=True)
class Way:
    """From which file to which, with the opened keys of both."""

    out_of: Case
    into: Case
    old: Ring
    new: Ring

    def take(self, rows: Iterable[Any]) -> list[UUID]:
        """Move some rows with their texts; answers their ids."""
        moved = []
        for row in rows:
            fields = SEALED.get(type(row), {})
            for name, scope in fields.items():
                if getattr(row, name) is not None:
                    close_text(row, name, open_text(row, name, self.old.key(scope)), self.new.key(scope))
            row.case = self.into
            row.save(update_fields=["case", *fields])
            moved.append(row.pk)
        return moved


def way(out_of: Case, into: Case, who: Opener) -> Way:
    """Both keys, opened and checked before anything is sealed under one of them."""
    old, new = (rings.open_ring("case", one.pk, who, to_seal=True, client=one.client_id) for one in (out_of, into))
    return Way(out_of, into, old, new)


def unrecorded(case: Case) -> QuerySet[Booking]:
    """Times of a file that lie ahead, and meetings that have no signed record."""
    signed = Note.objects.filter(booking=OuterRef("pk"), adds_to=None).exclude(signed_at=None)
    return Booking.objects.filter(Q(state=Booked.BOOKED) | Q(state=Booked.HELD) & ~Exists(signed), case=case)


def _open_parts(found: Way) -> Iterable[QuerySet[Any]]:
    """What comes along: times, consents that the other file lacks, what was talked over, a letter that waits."""
    out_of, into = found.out_of, found.into
    times = unrecorded(out_of)
    keys = list(times.values_list("pk", flat=True))
    yield Note.objects.filter(case=out_of, signed_at=None, booking__in=keys)
    yield Sitting.objects.filter(case=out_of, booking__in=keys)
    yield times
    said = Consent.objects.filter(case=into, agreement=OuterRef("agreement"))  # standing, or taken back after this yes
    there = said.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=OuterRef("given_at")))
    yield Consent.objects.filter(~Exists(there), case=out_of, withdrawn_at=None)
    yield Renewal.objects.filter(case=out_of)
    yield GuardianTalk.objects.filter(case=out_of)
    yield SecondWord.objects.filter(case=out_of)
    for model in (Understanding, Letter):
        if not model._default_manager.filter(case=into).exists():
            yield model._default_manager.filter(case=out_of)


def _owed_there(found: Way, by: UUID, at: datetime) -> list[UUID]:
    """What is owed follows; what is owed for the file as such, or there already, is settled. Answers the ids of both."""
    rows = Duty.objects.filter(case_id=found.out_of.pk, settled_at=None).exclude(kind__in=STAYING)
    there = Duty.objects.filter(case_id=found.into.pk, settled_at=None, kind__in=ONCE).values_list("kind", flat=True)
    keys = list(rows.values_list("pk", flat=True))
    rows.filter(kind__in=[*OF_ITS_OWN, *there]).update(settled_at=at, settled_by=by)
    Duty.objects.filter(pk__in=keys, settled_at=None).update(case_id=found.into.pk)
    return keys


@dataclass(slots=True)
class Along:
    """The ids of what came along, for the way back."""

    rows: list[UUID]


@audit.act(Act.CONTINUE_FILE, on="case", facts=care_facts)
def continue_file(*, by: Actor, at: datetime, case: Case, into: Case, along: Along) -> Case:
    """This file ends because it goes on in another one of the same student. Its records stay, and open for its care team."""
    found = way(case, into, opener_of(by))
    for rows in list(_open_parts(found)):
        along.rows += found.take(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    along.rows += _owed_there(found, by.id, at)
    if Booking.objects.filter(case__in=[case, into], state=Booked.HELD).exists():
        take_back(
            "case", into.pk, holders="duty"
        )  # somebody has met this student: the duty team reads nothing any more
    nobody_joins_now(case, at)
    case.state, case.closed_at, case.why_closed = State.CLOSED, at, WHY
    number_of(case, at)
    case.save(update_fields=["state", "closed_at", "why_closed", "number"])
    return case


@audit.act(Act.RESUME_FILE, on="case", facts=care_facts)
def resume_file(*, by: Actor, at: datetime, case: Case, out_of: Case, along: Along) -> Case:
    """It was not the same student: the file goes on by itself again, with what it brought. It keeps its number."""
    back = way(out_of, case, opener_of(by))
    for model in FOLLOWING:
        back.take(model._default_manager.filter(pk__in=along.rows, case=out_of).order_by("pk"))
    Duty.objects.filter(pk__in=along.rows, settled_at=case.closed_at).update(settled_at=None, settled_by=None)
    Duty.objects.filter(pk__in=along.rows).update(case_id=case.pk)
    case.state, case.closed_at, case.why_closed = State.OPEN, None, ""
    case.save(update_fields=["state", "closed_at", "why_closed"])
    return case
