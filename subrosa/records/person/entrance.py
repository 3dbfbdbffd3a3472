"""Who is signed in: session rows begin, are read, lock and end. They hold no act's result, so they need no act to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from subrosa.policy.actor import Actor, Kind
from subrosa.records.school.calendar import school_profile
from subrosa.records.vault import keys, sessions
from subrosa.records.vault.models import Keypair
from subrosa.records.vault.opener import Opener, Secret

from . import names, returning
from .clients import account_of, accounts_of
from .marks import link_mark, sign_in_mark
from .models import Account, Session, Staff
from .models import Link as Link

TOUCH_SECONDS = 20  # a session's last use is written no more often than this
MINUTE = 60
JUST = timedelta(minutes=2)
LONGEST = timedelta(hours=12)  # however much it is used: after a working day the passphrase is asked for once more


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One request's sign-in: the actor, the session and whether it is locked."""

    actor: Actor
    session: UUID
    locked: bool
    idle_seconds: int


def new_session(kind: Kind, holder: UUID, keypair: UUID, both: Secret | None, *, at: datetime) -> tuple[Session, str]:
    """A session row (not saved) and the cookie that opens it. Without private halves it begins locked."""
    key = sessions.new_key()
    row = Session(
        pk=uuid4(),
        kind=kind,
        holder=holder,
        key_hash=sessions.key_mark(key),
        began_at=at,
        last_use=at,
        idle_seconds=school_profile()["devices.idle_lock_minutes"]["own"] * MINUTE,
    )
    if both is not None:
        row.private = sessions.close_private(row.pk, keypair, both, key)
    return row, sessions.cookie(row.pk, key)


def signed_in(cookie: str, *, at: datetime, polling: bool = False) -> SignedIn | None:
    """Read a cookie. Idle or open for too long: the sealed half is deleted and the session is locked. Polling is no use."""
    read = sessions.read_cookie(cookie)
    if read is None:
        return None
    key_id, key = read
    row = Session.objects.filter(pk=key_id).first()
    if row is None or Secret(bytes(row.key_hash)) != Secret(sessions.key_mark(key)):
        return None
    private = row.private
    idle, old = at - row.last_use > timedelta(seconds=row.idle_seconds), at - row.began_at > LONGEST
    if private is not None and (idle or old):
        Session.objects.filter(pk=row.pk).update(private=None)
        private = None
    elif not polling and at - row.last_use > timedelta(seconds=TOUCH_SECONDS):
        Session.objects.filter(pk=row.pk).update(last_use=at)
    opener = sessions.open_private(row.pk, bytes(private), key) if private is not None else None
    return SignedIn(Actor(Kind(row.kind), row.holder, opener), row.pk, opener is None, row.idle_seconds)


def lock(session: UUID) -> None:
    """Delete the sealed half: the cookie opens nothing any more until the passphrase is typed."""
    Session.objects.filter(pk=session).update(private=None)


def end(session: UUID) -> None:
    """Log out."""
    Session.objects.filter(pk=session).delete()


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody whose passphrase fitted."""

    kind: Kind
    holder: UUID
    keypair: UUID
    private: Secret


def try_passphrase(name: str, passphrase: str) -> Opened | None:
    """Staff by the mark of the sign-in name, clients by the name the program made. The slow hash runs for unknown names too."""
    kind, holder, pair = _who(name)
    if pair is None:
        keys.unlock_nothing(passphrase)
        return None
    both = keys.unlock(pair, "locked", passphrase)
    if both is None:
        return None
    return Opened(kind, holder, pair.pk, both)


def try_recovery(name: str, code: str) -> Opened | None:
    """Somebody whose recovery code fitted; as slow for an unknown name, a mistyped or a wrong code."""
    kind, holder, pair = _who(name)
    try:
        typed = keys.tidy_code(code)
    except ValueError:
        typed = ""
    if pair is None or pair.recovery is None or not typed:
        keys.unlock_nothing(code)
        return None
    both = keys.unlock(pair, "recovery", typed)
    return Opened(kind, holder, pair.pk, both) if both else None


def try_again(kind: Kind, holder: UUID, passphrase: str) -> Opened | None:
    """Unlock a session that is known by its cookie; a return code may stand in any groups, as at the door."""
    for pair, typed in _ways_in(kind, holder, passphrase):
        both = keys.unlock(pair, "locked", typed) if typed else None
        if both is not None:
            return Opened(kind, holder, pair.pk, both)
    return None


def _ways_in(kind: Kind, holder: UUID, typed: str) -> list[tuple[Keypair, str | None]]:
    """Which pairs somebody may open with what was typed, and how it is read there."""
    if kind is Kind.STAFF:
        pair = pair_of(kind, holder)
        return [(pair, typed)] if pair else []
    digits = returning.tidy(typed)
    return [(one.keypair, digits if one.sign_in.startswith(returning.PREFIX) else typed) for one in accounts_of(holder)]


def _who(name: str) -> tuple[Kind, UUID, Keypair | None]:
    colleague = Staff.objects.select_related("keypair").filter(sign_in_mark=sign_in_mark(name), state="active").first()
    if colleague is not None:
        return Kind.STAFF, colleague.pk, colleague.keypair
    account = Account.objects.select_related("keypair").filter(sign_in=names.tidy(name)).first()
    by_digits = account is not None and account.sign_in.startswith(returning.PREFIX)
    if account is None or by_digits:  # who has a return code comes in by its digits, and those are counted
        return Kind.CLIENT, UUID(int=0), None
    return Kind.CLIENT, account.client_id, account.keypair


def pair_of(kind: Kind, holder: UUID) -> Keypair | None:
    """The key pair of an active colleague or of a client's account."""
    if kind is Kind.STAFF:
        colleague = Staff.objects.select_related("keypair").filter(pk=holder, state="active").first()
        return colleague.keypair if colleague else None
    account = account_of(holder)
    return account.keypair if account else None


def by_return_code(client: UUID) -> bool:
    """Whether this client came without an account and comes back by sixteen digits, and by nothing else."""
    account = account_of(client)
    return account is not None and account.sign_in.startswith(returning.PREFIX)


def just_begun(session: UUID, at: datetime) -> bool:
    """Whether passphrase or digits were typed a moment ago: what asks for them once more need not."""
    return Session.objects.filter(pk=session, began_at__gt=at - JUST).exists()


def link_for(token: str) -> Link | None:
    """The one-time link of this school that carries this token."""
    return Link.objects.select_related("staff").filter(token_hash=link_mark(token)).first()


def carrying_link(opened: Opened, *, at: datetime, days: int = 1) -> tuple[Link, str]:
    """A link (not saved) that carries private halves: whoever opens it once continues as that colleague."""
    key, token = new_token()
    secret = token_key(token)
    assert secret is not None, "the token was made a moment ago"
    link = Link(pk=key, staff_id=opened.holder, token_hash=link_mark(token), until=at + timedelta(days=days))
    link.handed = sessions.close_private(key, opened.keypair, opened.private, secret, field=sessions.HANDED)
    return link, token


def take(link: Link, token: Secret) -> Opener | None:
    """The opener that a link carries, if any."""
    if link.handed is None:
        return None
    return sessions.open_private(link.pk, bytes(link.handed), token, field=sessions.HANDED)


def new_token() -> tuple[UUID, str]:
    """The id of a link to be made, and what the link carries."""
    key = uuid4()
    return key, sessions.cookie(key, sessions.new_key())


def token_key(token: str) -> Secret | None:
    """The key in a link's token; None for anything that is not one."""
    read = sessions.read_cookie(token)
    return read[1] if read else None
