"""Coming back without an account: sixteen digits. The first four say which key, all sixteen open it.

Four digits are a locator and no secret, so twelve are left to guess: 10^12 (some 40 bits) under Argon2id and the server key,
five wrong ones an hour.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from subrosa.policy.actor import NOBODY, Actor, Kind
from subrosa.policy.acts import Act
from subrosa.policy.facts import TryFacts
from subrosa.records import audit
from subrosa.records.school.calendar import school_profile
from subrosa.records.vault import keys
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import Secret, opener

from .marks import try_mark
from .models import Account, Client, Session, Try

DIGITS, LOCATOR, GROUP = 16, 4, 4
PREFIX = "back-"  # what the program's own names never begin with
BETWEEN = "-_.\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
AN_HOUR = timedelta(hours=1)


def new_code() -> str:
    """Sixteen random digits whose first four nobody in this school has yet."""
    while True:
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        if not Account.objects.filter(sign_in=name_of(code)).exists():
            return code


def grouped(code: str) -> str:
    """As it is shown and printed: four groups of four."""
    return " ".join(code[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def tidy(typed: str) -> str | None:
    """A typed code as sixteen plain digits, in whatever groups and widths; None for anything else."""
    folded = unicodedata.normalize("NFKC", typed)
    kept = "".join(one for one in folded if not one.isspace() and one not in BETWEEN and one.isprintable())
    return kept if len(kept) == DIGITS and kept.isascii() and kept.isdigit() else None


def name_of(code: str) -> str:
    """The sign-in name of the account that a code opens: it says the first four digits and nothing else."""
    return f"{PREFIX}{code[:LOCATOR]}"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Rows of somebody who came by the door, not saved yet, and that person's own keys for this one request."""

    client: Client
    pair: Keypair
    account: Account
    me: Actor


def newcomer(code: str, at: datetime) -> Newcomer:
    """A pseudonym, a key pair locked under the code, an account. Slow, so it comes before the act."""
    client = Client(made_at=at, by_door=True, waits=True)
    pair, both = keys.new_keypair("client", client.pk, at=at)
    keys.lock_under(pair, "locked", both, code)
    account = Account(client=client, sign_in=name_of(code), keypair=pair, made_at=at)
    return Newcomer(client, pair, account, Actor(Kind.CLIENT, client.pk, opener(pair.pk, both)))


@dataclass(frozen=True, slots=True)
class Found:
    """Whose code fitted, and the private halves that it opened."""

    client: UUID
    pair: UUID
    private: Secret


def open_with(code: str) -> Found | None:
    """Whose code this is; as slow for a code that nobody has as for a wrong one."""
    account = Account.objects.select_related("keypair").filter(sign_in=name_of(code)).first()
    if account is None:
        keys.unlock_nothing(code)
        return None
    both = keys.unlock(account.keypair, "locked", code)
    return Found(account.client_id, account.keypair_id, both) if both else None


def _one_at_a_time(*, code: str, **_: Any) -> tuple[tuple[UUID, str]]:
    return ((uuid5(NOBODY, name_of(code)), "tries"),)


def _try_facts(*, at: datetime, code: str, **_: Any) -> tuple[TryFacts]:
    wrong = Try.objects.filter(mark=try_mark(name_of(code)), at__gt=at - AN_HOUR).count()
    return (TryFacts(wrong, school_profile()["sessions.wrong_codes_per_hour"]),)


@audit.act(Act.TRY_RETURN_CODE, days=_one_at_a_time, facts=_try_facts)
def try_code(*, by: Actor, at: datetime, code: str) -> None:
    """Count a try before it is made, so that many at once are counted too; the log does not say of which code."""
    Try.objects.filter(at__lte=at - AN_HOUR).delete()
    Try.objects.create(mark=try_mark(name_of(code)), at=at)


@audit.act(Act.COME_BACK)
def come_back(*, by: Actor, at: datetime, code: str, session: Session) -> Session:
    """Begin a session of whoever the code opened; the tries before it are forgotten."""
    Try.objects.filter(mark=try_mark(name_of(code))).delete()
    session.save(force_insert=True)
    return session
