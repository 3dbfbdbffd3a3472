"""Access that ends: a new passphrase, sessions ended from afar, a suspension, and colleagues who leave or cannot yet."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from subrosa.policy.actor import Kind
from subrosa.records.archive import departing
from subrosa.records.person import access, entrance
from subrosa.records.person import actions as person
from subrosa.records.person.queries import staff
from subrosa.records.standing.queries import offered_to_new_clients
from subrosa.records.vault import keys

from .steps_founding import PASSPHRASE
from .walk import NOT_YET, REFUSED, Walk

OLD = f"{PASSPHRASE} anew"  # since the recovery code was needed
NEW = "a lantern under the old bridge"  # of the walk only


def a_passphrase_is_changed(walk: Walk) -> None:
    """The old one opens the keys, the new one locks them, and every other session is over."""
    opened = entrance.try_passphrase("lin", OLD)
    pair = entrance.pair_of(Kind.STAFF, walk.id("lin"))
    assert opened is not None and pair is not None, "lin works here"
    keys.lock_under(pair, "locked", opened.private, NEW)
    session, _ = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=walk.at)
    walk.press(
        "lin changes her passphrase", access.change_passphrase, by="lin", under=("CONF-07",), pair=pair, session=session
    )
    only = access.session_count(walk.id("lin")) == 1 and entrance.try_passphrase("lin", OLD) is None
    walk.look("the old one opens nothing, and only this session is left", by="lin", sees=only, under=("CONF-07",))


def sessions_are_ended_from_afar(walk: Walk) -> None:
    """One's own by oneself, a colleague's by the lead, and by nobody else."""
    other = _signed_in(walk, "lin", "at the desk")
    walk.press("lin signs out elsewhere", access.end_own, by="lin", under=("CONF-07",), this=uuid4(), which=other)
    _signed_in(walk, "lin", "on her laptop")
    lost: dict[str, Any] = {"colleague": staff(walk.id("lin"))}
    walk.press("zhou signs lin out", access.end_sessions_of, by="zhou", must=REFUSED, under=("CONF-07",), **lost)
    walk.press(
        "lin's laptop is lost: signed out everywhere", access.end_sessions_of, by="shen", under=("CONF-07",), **lost
    )
    walk.look("nobody sits there", by="shen", sees=not access.session_count(walk.id("lin")), under=("CONF-07",))


def _signed_in(walk: Walk, name: str, where: str) -> Any:
    opened = entrance.try_passphrase(name, NEW)
    assert opened is not None, "the passphrase was set a moment ago"
    session, _ = entrance.new_session(opened.kind, opened.holder, opened.keypair, opened.private, at=walk.at)
    walk.press(f"{name} signs in {where}", person.sign_in, by=name, under=("CONF-07",), session=session)
    return session.pk


def a_colleague_is_suspended(walk: Walk) -> None:
    """At once, files or not; nothing is lost, and it can be lifted. Nobody does it to the own person."""
    refused: dict[str, Any] = {"must": REFUSED}
    lin: dict[str, Any] = {"colleague": staff(walk.id("lin"))}
    mine = staff(walk.id("shen"))
    walk.press("shen suspends herself", access.suspend, by="shen", under=("CONF-07",), colleague=mine, **refused)
    walk.press("suspend lin", access.suspend, by="shen", under=("CONF-07",), **lin)
    shut = entrance.try_passphrase("lin", NEW) is None
    shut = shut and walk.id("lin") not in {one.id for one in offered_to_new_clients(walk.at)}
    walk.look("the sign-in knows no lin, and nobody new is offered her", by="shen", sees=shut, under=("CONF-07",))
    walk.press("let lin back in", access.lift, by="shen", under=("COMP-01",), **lin)
    walk.press("let her in a second time", access.lift, by="shen", under=("COMP-01",), **lin, **refused)


def who_leaves_holds_nothing_alone(walk: Walk) -> None:
    """Lin has files that nobody else holds: not yet. The last custodian stays. Bai holds nothing, and leaves."""
    lin = staff(walk.id("lin"))
    walk.press("lin leaves", departing.end, by="shen", must=NOT_YET, under=("CONF-07",), colleague=lin)
    zhou = staff(walk.id("zhou"))
    walk.press("the last custodian leaves", departing.end, by="shen", must=REFUSED, under=("CONF-07",), colleague=zhou)
    walk.press("bai leaves", departing.end, by="shen", under=("CONF-07",), colleague=staff(walk.id("bai")))
    gone = entrance.try_passphrase("bai", PASSPHRASE) is None and entrance.pair_of(Kind.STAFF, walk.id("bai")) is None
    walk.look("bai has no way in", by="shen", sees=gone, under=("CONF-07",))


STEPS = (
    a_passphrase_is_changed,
    sessions_are_ended_from_afar,
    a_colleague_is_suspended,
    who_leaves_holds_nothing_alone,
)
