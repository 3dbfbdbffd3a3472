"""The registration form (APPT-01): who, class, how to be reached, completed until the end of the first meeting."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.facts import ReasonFacts, RegistrationFacts, TraitFacts
from subrosa.policy.ruling import Boundary
from subrosa.records import audit
from subrosa.records.case.models import Case
from subrosa.records.person.clients import Identity, stands
from subrosa.records.person.models import Client
from subrosa.records.school.calendar import calendar, school_year_of
from subrosa.records.vault import rings
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.texts import close_text

from .models import Booking, Declined
from .sitting import settle_named
from .states import State


class WhyDeclined(StrEnum):
    """Why somebody is not received, or not now. No trait stands here, and no words are taken."""

    BEYOND_COMPETENCE = "beyond_competence"
    OWN_RELATION = "own_relation"
    NO_FREE_TIME = "no_free_time"
    ANOTHER_OFFICE = "another_office"
    DID_NOT_WANT = "did_not_want"


def _older(by: Actor, client: Client, roster: str) -> Client | None:
    """Another client who is this student already; only the desk key can ask."""
    mark = rings.desk_mark(rings.desk_key(opener_of(by)), roster)
    return Client.objects.filter(roster_mark=mark).exclude(pk=client.pk).first()


def _form_facts(
    *, by: Actor, client: Client, identity: Identity, seen: bool = False, **_: Any
) -> tuple[RegistrationFacts]:
    """Whether the person was seen, and whether an older client is this student. Guarded by the client row."""
    if not identity.roster:
        return (RegistrationFacts(from_list=False, seen=seen),)
    return (RegistrationFacts(from_list=True, seen=seen, older_client=bool(_older(by, client, identity.roster))),)


@audit.act(Act.REGISTER_CLIENT, on="client", facts=_form_facts)
def register(
    *, by: Actor, at: datetime, client: Client, identity: Identity, seen: bool = False, once: UUID | None = None
) -> Client:
    """Write who a client is, under the desk's key. What is still empty is named in plain, what is filled never.

    With a student of the list the pseudonym is matched by a mark; nothing is written on the list's side.
    """
    if stands(client).waits:
        raise Boundary("CONF-05", "who_came_by_the_door_is_taken_over_first")
    desk = rings.desk_key(opener_of(by), to_seal=True)
    if identity.roster:
        client.roster_mark = rings.desk_mark(desk, identity.roster)
    close_text(client, "identity", json.dumps(asdict(identity), ensure_ascii=False), desk)
    client.lacks = identity.lacks
    client.save(update_fields=["identity", "roster_mark", "lacks"])
    settle_named(client, by=by, at=at)
    return client


def older_client(by: Actor, client: Client, roster: str) -> Client | None:
    """Whom a page offers to go on with, after the charter has said that the student is known. Opens nothing."""
    return _older(by, client, roster)


def _reason(*, reason: str, **_: Any) -> tuple[ReasonFacts]:
    return (ReasonFacts(listed=reason in set(WhyDeclined)),)


@audit.act(Act.DECLINE, on="client", facts=_reason)
def decline(*, by: Actor, at: datetime, client: Client, reason: str, once: UUID | None = None) -> Declined:
    """Not received, or not now, for a reason of the closed list; the door stays open."""
    return Declined.objects.create(client=stands(client), reason=reason, at=at, by_id=by.id)


def declined(client: UUID) -> Declined | None:
    """The last time that somebody was not received."""
    return Declined.objects.filter(client_id=client).order_by("-at").first()


def waiting(at: datetime) -> QuerySet[Declined]:
    """Who waits for a free time, in the order of having asked in this school year.

    Nothing stands for them since (a time that was given back is none), nothing else was said, and they have not left.
    """
    of_client = {"client": OuterRef("client"), "school_id": OuterRef("school_id")}
    held = Booking.objects.filter(booked_at__gte=OuterRef("at"), **of_client).exclude(state=State.CANCELLED)
    later = Declined.objects.filter(at__gt=OuterRef("at"), **of_client)
    left = Case.objects.filter(Q(left_at__gte=OuterRef("at")) | Q(closed_at__gte=OuterRef("at")), **of_client)
    since = calendar().end_of(school_year_of(calendar().local(at)) - timedelta(days=1))
    rows = Declined.objects.filter(~Exists(held), ~Exists(later), ~Exists(left), at__gt=since)
    return rows.filter(reason=WhyDeclined.NO_FREE_TIME).select_related("client").order_by("at", "id")


TRAITS = frozenset(
    {"sex", "gender", "class", "class_name", "grade", "boarding", "born", "age", "ethnicity", "nation", "region"}
    | {"faith", "religion", "orientation", "values", "politics", "income", "family", "guardian", "language"}
)


def _asked(*, trait: str, **_: Any) -> tuple[TraitFacts]:
    return (TraitFacts(is_trait=trait in TRAITS),)


@audit.act(Act.SORT_BY_TRAIT, facts=_asked)
def sort_by(*, by: Actor, at: datetime, trait: str) -> None:
    """Ask for a list in another order than that of time. There is no list that could be: a trait is refused, with name."""
