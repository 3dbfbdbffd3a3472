"""Open a case with its key, hand it on, agree on a goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.records import audit
from subrosa.records.audit.queries import Noted
from subrosa.records.person.clients import accounts_of, stands
from subrosa.records.person.models import Client, Staff
from subrosa.records.vault import rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import opener_of
from subrosa.records.vault.rings import Holder, Scope
from subrosa.records.vault.texts import close_text

from .facts import care_facts, own_facts, share_facts
from .models import Case, Goal
from .withholding import as_shown

TEAMS = {"crisis": Scope.CRISIS, "duty": Scope.SHARED}


def _holders(counselor: Staff, deputy: Staff | None, client: Client, by: Actor) -> Iterable[Holder]:
    """Counselor the root, deputy the root but dormant, crisis team CRISIS, the client SHARED where there is an account.

    Until the first meeting the duty team holds SHARED too: a cry at night can be read by whoever is on duty. Whoever acts
    as the client with other keys than the account's cannot vouch for those: the counselor hands the key on after the meeting.
    """
    staff = {one.keypair_id: one.pk for one in (counselor, deputy) if one is not None and one.keypair_id}
    pairs = Keypair.objects.filter(pk__in=list(staff)) | Keypair.objects.filter(kind__in=TEAMS, ended_at=None)
    for pair in pairs:
        if pair.kind in TEAMS:
            yield Holder(pair, TEAMS[pair.kind])
        else:
            yield Holder(pair, Scope.ROOT, dormant=pair.pk != counselor.keypair_id, of=staff[pair.pk])
    for account in accounts_of(client.pk):
        if by.kind is not Kind.CLIENT or account.keypair_id == opener_of(by).keypair:
            yield Holder(account.keypair, Scope.SHARED, of=client.pk)


@audit.act(Act.OPEN_CASE, on="client")
def open_case(*, by: Actor, at: datetime, client: Client, counselor: Staff, deputy: Staff | None = None) -> Case:
    """The case and its key, from the first minute: whoever opens it makes the root, seals it to the holders, keeps none."""
    case = Case.objects.create(client=stands(client), counselor=counselor, deputy=deputy, opened_at=at)
    seats = list(Keypair.objects.filter(kind="seat", ended_at=None).order_by("number"))
    who = opener_of(by)
    ring = rings.make(
        "case", case.pk, _holders(counselor, deputy, client, by), who, clause="CONF-02", at=at, seats=seats
    )
    who.rings[("case", case.pk)] = ring
    return case


@audit.act(Act.SHARE_WITH_CLIENT, on=("case.client", "case"), facts=share_facts)
def share_with_client(*, by: Actor, at: datetime, case: Case, once: UUID | None = None) -> Case:
    """Hand the client's own account the key of what is shared: made after its case, or anew after a lost passphrase.

    Only who holds the case can, after seeing the person; the pair is checked under the desk key before anything is sealed to it.
    """
    who = opener_of(by)
    ring = rings.open_ring("case", case.pk, who, to_seal=True, client=case.client_id)
    mine = [Holder(one.keypair, Scope.SHARED, of=case.client_id) for one in accounts_of(case.client_id)]
    assert mine, "the clause asked for it"
    rings.grant_to(ring, mine, who, clause="CONF-02", at=at)
    return case


@audit.act(Act.AGREE_GOAL, on="case", facts=care_facts)
def agree_goal(*, by: Actor, at: datetime, case: Case, text: str, once: UUID | None = None) -> Goal:
    """A goal that both agreed on, sealed so that the client opens it too."""
    ring = rings.open_ring("case", case.pk, opener_of(by), to_seal=True, client=case.client_id)
    goal = Goal(case=case, agreed_at=at)
    close_text(goal, "text", text, ring.key(Scope.SHARED))
    goal.save(force_insert=True)
    return goal


@audit.act(Act.READ_OWN_LOG, on="case", facts=own_facts, reads=True)
def read_own_log(*, by: Actor, at: datetime, case: Case) -> Sequence[Noted]:
    """Who did what with the own file, newest first, but for what is kept back to protect. Looking is an entry too."""
    return as_shown(case.pk)
