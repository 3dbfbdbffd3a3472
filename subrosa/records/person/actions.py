"""Invite a colleague, let one in by a one-time link, certify a key, and note that somebody signed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from subrosa.policy.actor import Actor
from subrosa.policy.acts import Act
from subrosa.policy.roles import Role
from subrosa.records import audit
from subrosa.records.vault import keys, rings, server
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import opener_of

from .facts import certify_facts, invitation_facts, link_facts, team_facts
from .marks import link_mark, sign_in_mark
from .models import Link, Session, Staff

LINK_DAYS = 7
UNUSED = timedelta(days=7)  # a browser that was closed has lost its cookie: what is left of the session opens nothing


@audit.act(Act.INVITE_STAFF, facts=invitation_facts)
def invite(
    *,
    by: Actor,
    at: datetime,
    name: str,
    roles: tuple[str, ...],
    link: UUID,
    token: str,
    outside: bool = False,
    once: UUID | None = None,
) -> Link:
    """A colleague-to-be and a one-time link of seven days; `token` is what the link carries, kept only as a mark."""
    colleague = Staff(roles=[str(role) for role in roles], outside=outside, invited_at=at)
    server.close_personal(colleague, "name", name)
    colleague.save(force_insert=True)
    return Link.objects.create(
        pk=link, staff=colleague, token_hash=link_mark(token), until=at + timedelta(days=LINK_DAYS)
    )


@audit.act(Act.ENTER, on="link", facts=link_facts)
def enter(
    *, by: Actor, at: datetime, link: Link, keypair: Keypair, sign_in: str, session: Session, once: UUID | None = None
) -> Staff:
    """Use an invitation: the key pair made in this session is kept, the sign-in name marked, the session begun."""
    keypair.save(force_insert=True)
    colleague = Staff.objects.select_for_update(no_key=True).get(pk=link.staff_id)
    colleague.keypair = keypair
    colleague.sign_in_mark = sign_in_mark(sign_in)
    colleague.state = "active"
    colleague.save(update_fields=["keypair", "sign_in_mark", "state"])
    Link.objects.filter(pk=link.pk).update(used_at=at)
    session.save(force_insert=True)
    return colleague


@audit.act(Act.HAND_OVER_SESSION, on="link", facts=link_facts)
def hand_over(*, by: Actor, at: datetime, link: Link, session: Session, once: UUID | None = None) -> Session:
    """Use a link that carries a session: the private halves move under a new cookie."""
    Link.objects.filter(pk=link.pk).update(used_at=at, handed=None)
    session.save(force_insert=True)
    return session


@audit.act(Act.SIGN_IN, reads=True)
def sign_in(*, by: Actor, at: datetime, session: Session) -> Session:
    """Begin a session whose private half the passphrase has opened; the own ones that nobody used for a week are swept."""
    Session.objects.filter(kind=by.kind, holder=by.id, last_use__lt=at - UNUSED).delete()
    session.save(force_insert=True)
    return session


@audit.act(Act.CERTIFY_STAFF, on="colleague", facts=certify_facts)
def certify(*, by: Actor, at: datetime, colleague: Staff, once: UUID | None = None) -> Staff:
    """Sign a colleague's public halves with the house key, after seeing the person; who receives also gets the desk."""
    who = opener_of(by)
    assert colleague.keypair_id is not None, "the clause asked for it"
    pair = Keypair.objects.get(pk=colleague.keypair_id)
    pair.grants = bool({Role.COUNSELOR, Role.RECEPTION} & {Role(role) for role in colleague.roles})
    keys.certify(pair, rings.team_opener("house", who).sign)
    pair.save(update_fields=["certificate", "grants"])
    if pair.grants:
        desk = rings.open_ring("desk", rings.team_id("desk"), who, to_seal=True)
        rings.grant_to(desk, [rings.Holder(pair, rings.Scope.ROOT, of=colleague.pk)], who, clause="CONF-05", at=at)
    return colleague


@audit.act(Act.FOUND_TEAMS, on="counselors", facts=team_facts)
def found_teams(
    *, by: Actor, at: datetime, counselors: list[Staff], custodians: list[Staff], once: UUID | None = None
) -> None:
    """The duty and crisis teams for the counselors, the archive for the custodians. The lead makes them and keeps none."""
    who = opener_of(by)
    house = rings.team_opener("house", who).sign
    seats = list(Keypair.objects.filter(kind="seat").order_by("number"))
    pairs = {pair.pk: pair for pair in Keypair.objects.filter(kind="staff")}
    for kind, members in (("duty", counselors), ("crisis", counselors), ("archive", custodians)):
        chosen = [pairs[one.keypair_id] for one in members if one.keypair_id]
        rings.make_team(kind, chosen, who, house, at=at, seats=seats)


@audit.act(Act.MAKE_OWN_LINK)
def own_link(*, by: Actor, at: datetime, link: Link) -> Link:
    """A one-time link by which the actor continues elsewhere: it carries the private halves under its own key."""
    link.save(force_insert=True)
    return link


@audit.act(Act.RENEW_LOCKS)
def renew_locks(*, by: Actor, at: datetime, pair: Keypair, session: Session) -> Session:
    """The same keys under a new passphrase and a new recovery code; every other session of this person ends."""
    Keypair.objects.filter(pk=pair.pk, of=by.id, ended_at=None).update(locked=pair.locked, recovery=pair.recovery)
    Session.objects.filter(holder=by.id).delete()
    session.save(force_insert=True)
    return session
