"""Clients: a random number each, an identity under the desk key, a code from the desk, an account of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import LinkFacts
from subrosa.policy.ruling import Boundary, Outcome
from subrosa.records import audit
from subrosa.records.audit.queries import answer_of
from subrosa.records.vault import keys, rings
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opened import Opened
from subrosa.records.vault.opener import Opener, opener_of
from subrosa.records.vault.taking import end_pair
from subrosa.records.vault.texts import close_text, open_text

from .models import Account, ActivationCode, Session
from .models import Client as Client
from .returning import PREFIX

CODE_DAYS = 14
COMES_BY, NO_CONTACT, BY_PHONE = "comes_by", "no_contact", "phone"
REACHED: Final = (COMES_BY, NO_CONTACT, BY_PHONE)  # how somebody from the door wishes to be reached


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a client is, as the desk knows it. `born` (ISO) and `of_age` say what the minors' ladder asks; sealed like the name."""

    name: str
    number: str = ""
    class_name: str = ""
    phone: str = ""
    roster: str = ""
    reach: str = ""
    urgent: bool = False
    born: str = ""
    of_age: bool = False

    @property
    def not_to_be_called(self) -> bool:
        """Asked at the door that nobody gets in touch."""
        return self.reach == NO_CONTACT

    @property
    def lacks(self) -> list[str]:
        """The parts of the registration form that are still empty (APPT-01)."""
        there = {
            "who": self.name.strip(),
            "class": self.class_name.strip(),
            "reach": self.reach in REACHED or self.phone.strip(),
        }
        return [part for part, said in there.items() if not said]

    def __repr__(self) -> str:
        return "…"


@audit.act(Act.OPEN_CLIENT)
def open_client(*, by: Actor, at: datetime, identity: Identity, once: UUID | None = None) -> Client:
    """A new client in the desk's session. Who is on the roster is matched by a mark that only the desk key can make."""
    desk = rings.desk_key(opener_of(by), to_seal=True)
    client = Client(made_at=at, lacks=identity.lacks)
    if identity.roster:
        client.roster_mark = rings.desk_mark(desk, identity.roster)
    close_text(client, "identity", json.dumps(asdict(identity), ensure_ascii=False), desk)
    client.save(force_insert=True)
    return client


@audit.act(Act.GIVE_CODE, on="client")
def give_code(*, by: Actor, at: datetime, client: Client, code: str, once: UUID | None = None) -> ActivationCode:
    """A code for the slip; only its hash is kept, and the introduction secret that it carries, under the desk key."""
    desk = rings.desk_key(opener_of(by), to_seal=True)
    ActivationCode.objects.filter(client=stands(client)).delete()
    return ActivationCode.objects.create(
        client=client,
        code_hash=keys.code_mark(code),
        introduction=keys.close_introduction(client.pk, keys.introduction(code), desk.secret),
        until=at + timedelta(days=CODE_DAYS),
    )


def _one_at_a_time(*, code: ActivationCode, **_: Any) -> tuple[tuple[UUID, str]]:
    """A code is deleted by use, so its row cannot be what the second of two presses waits for."""
    return ((code.pk, "code"),)


def _code_facts(*, code: ActivationCode, at: datetime, **_: Any) -> tuple[LinkFacts]:
    Client.objects.select_for_update(no_key=True).get(pk=code.client_id)
    if not ActivationCode.objects.filter(pk=code.pk, client_id=code.client_id).exists():
        raise Boundary("COMP-01", "a_link_opens_once")
    return (LinkFacts(used=False, expired=at > code.until),)


@audit.act(Act.OPEN_ACCOUNT, days=_one_at_a_time, facts=_code_facts)
def open_account(
    *,
    by: Actor,
    at: datetime,
    code: ActivationCode,
    keypair: Keypair,
    sign_in: str,
    session: Session,
    once: UUID | None = None,
) -> Account:
    """Use a code: the client's own pair, introduced by the secret that the code carries; the code is deleted.

    Where the client has an account (the passphrase is forgotten, or it was a return code), every pair ends with all that it
    held; what was shared is handed over anew by the counselor, after seeing the person.
    """
    keypair.introduction = code.introduction
    keypair.save(force_insert=True)
    known = accounts_of(code.client_id)
    for other in known[1:]:
        end_pair(other.keypair_id, at=at)
        other.delete()
    account = known[0] if known else None
    if account is None:
        account = Account.objects.create(client_id=code.client_id, sign_in=sign_in, keypair=keypair, made_at=at)
    else:
        end_pair(account.keypair_id, at=at)
        Session.objects.filter(kind=Kind.CLIENT, holder=code.client_id).delete()
        account.keypair, account.bundle = keypair, None
        if account.sign_in.startswith(PREFIX):
            account.sign_in = sign_in
        account.save(update_fields=["keypair", "bundle", "sign_in"])
    ActivationCode.objects.filter(client_id=code.client_id).delete()  # who was two before may have a slip of each
    session.save(force_insert=True)
    return account


@audit.act(Act.READ_IDENTITIES, reads=True)
def read_identities(*, by: Actor, at: datetime, clients: Iterable[UUID]) -> dict[UUID, Identity]:
    """The desk's names, for a page of clients: one entry, whatever the number."""
    return identities(opener_of(by), clients)


def identities(who: Opener, clients: Iterable[UUID]) -> dict[UUID, Identity]:
    """Open the identities of several clients with the desk key; part of an act, never one itself."""
    desk = rings.desk_key(who)
    rows = Client.objects.filter(pk__in=list(clients)).exclude(identity=None)
    return {row.pk: Identity(**json.loads(open_text(row, "identity", desk))) for row in rows}


def code_for(typed: str) -> ActivationCode | None:
    """The code of this school that was typed; None for anything else."""
    try:
        mark = keys.code_mark(keys.tidy_code(typed))
    except ValueError:
        return None
    return ActivationCode.objects.filter(code_hash=mark).first()


def client_of_pupil(who: Opener, roster_id: UUID) -> Client | None:
    """The client that a student of the list already is; only the desk key can ask this."""
    mark = rings.desk_mark(rings.desk_key(who), str(roster_id))
    return Client.objects.filter(roster_mark=mark).first()


def accounts_of(client: UUID) -> list[Account]:
    """A client's ways in: an account with a passphrase first, then return codes; the older first."""
    rows = Account.objects.select_related("keypair").filter(client_id=client).order_by("made_at", "id")
    return sorted(rows, key=lambda one: one.sign_in.startswith(PREFIX))


def account_of(client: UUID) -> Account | None:
    """A client's account, or else the return code that leads back."""
    return next(iter(accounts_of(client)), None)


def once_were(client: UUID) -> set[UUID]:
    """A client's own id and those under which the same person came before both were put together."""
    return {client, *Client.objects.filter(joined_id=client).values_list("pk", flat=True)}


def stands(client: Client) -> Client:
    """The same client, if nobody has joined it to another meanwhile; a boundary for a page that lay open."""
    if client.joined_id is not None:
        raise Boundary("CONF-05", "who_was_joined_goes_on_there", outcome=Outcome.NOT_YET)
    return client


def client(key: UUID) -> Client | None:
    """One client of this school: a random number."""
    return Client.objects.filter(pk=key).first()


def waiting_code(client: UUID) -> datetime | None:
    """Until when a code given to this client may be used; None where none waits."""
    return ActivationCode.objects.filter(client_id=client).values_list("until", flat=True).first()


def account_made_with(once: UUID) -> Account | None:
    """The account that a press opened whose answer never arrived, by its key of repetition."""
    label, _, key = answer_of(once).partition(":")
    if label != Account._meta.label:
        return None
    return Account.objects.select_related("keypair").filter(pk=key).first()


def name_shown(identity: Identity | None) -> Opened:
    """How a client is called on the desk's pages."""
    return Opened(identity.name if identity else "")
