"""Everything that names a client, moved from one to the other: rows, pairs, codes, sessions, messages.

Which tables name clients is read from the models, so that one that is still to come is moved too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from subrosa.policy.actor import Kind
from subrosa.records.case.models import Case
from subrosa.records.correspondence.actions import RING
from subrosa.records.correspondence.models import Letter
from subrosa.records.notice.models import Notice
from subrosa.records.person.models import ActivationCode, Client, Session
from subrosa.records.vault import keys, rings
from subrosa.records.vault.introductions import introduce_as
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import Opener
from subrosa.records.vault.taking import take_from

from .models import Merge


def naming() -> Iterator[tuple[type[Model], str]]:
    """Every table that names clients, and by which column; not the merges themselves."""
    for model in apps.get_models():
        for one in model._meta.concrete_fields:
            if one.related_model is Client and model is not Merge:
                yield model, one.attname


def move(was: UUID, to: UUID) -> list[UUID]:
    """Move all of one client's rows; answers their ids."""
    moved: list[UUID] = []
    for model, name in naming():
        rows = model._default_manager.filter(**{name: was})
        moved += rows.values_list("pk", flat=True)
        rows.update(**{name: to})
    for rows, name in ((Notice.objects.filter(to=was), "to"), (_sessions(was), "holder")):
        moved += rows.values_list("pk", flat=True)
        rows.update(**{name: to})
    return moved


def move_back(merge: Merge) -> None:
    """Move what named the other client, and what was made since in a file of that client."""
    to = merge.was_id
    cases = list(Case.objects.filter(pk__in=merge.moved).values_list("pk", flat=True))
    brought = Q(pk__in=merge.along or [])  # by the file of the first, where this one's goes on: it is still there
    for model, name in naming():
        mine = Q(pk__in=merge.moved)
        if any(one.name == "case" for one in model._meta.concrete_fields):
            mine |= Q(case_id__in=cases) & ~brought
        model._default_manager.filter(mine, **{name: merge.client_id}).update(**{name: to})
    Notice.objects.filter(pk__in=merge.moved).update(to=to)
    _sessions(merge.client_id).delete()  # who is signed in now signs in again, as the one or the other


def _sessions(client: UUID) -> QuerySet[Session]:
    return Session.objects.filter(kind=Kind.CLIENT, holder=client)


def introduce(pairs: Iterable[Keypair], codes: Iterable[ActivationCode], client: UUID, who: Opener) -> list[UUID]:
    """The desk introduces pairs and slips as this client's; what they hold and signed stays as it is."""
    desk, team, moved = rings.desk_key(who, to_seal=True).secret, rings.team_opener("desk", who), []
    for pair in pairs:
        if pair.introduction is None and pair.introduction_held is None:
            continue
        introduce_as(pair, client, desk, team)
        moved.append(pair.pk)
    for code in codes:
        secret = keys.open_introduction(code.client_id, code.introduction, desk)
        code.introduction = keys.close_introduction(client, secret, desk)
        code.save(update_fields=["introduction"])
    return moved


def part_keys(one: UUID, other: UUID) -> None:
    """Whoever is somebody else again opens nothing of the other's any more."""
    for mine, theirs in ((one, other), (other, one)):
        pairs = list(Keypair.objects.filter(kind="client", of=theirs).values_list("pk", flat=True))
        take_from("case", list(Case.objects.filter(client=mine).values_list("pk", flat=True)), pairs)
        take_from(RING, list(Letter.objects.filter(client=mine).values_list("pk", flat=True)), pairs)
