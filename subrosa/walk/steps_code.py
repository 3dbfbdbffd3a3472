"""The code: published, signed, due again when it changes; and who receives clients (part A of the house)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from subrosa.policy import register
from subrosa.policy.register import clauses as published
from subrosa.records.audit.queries import entry_count
from subrosa.records.duty.queries import owed_by
from subrosa.records.person.queries import colleagues
from subrosa.records.school import context
from subrosa.records.standing import actions as standing
from subrosa.records.standing.queries import offered_to_new_clients, standing_of, version_in_force, versions

from .walk import NOT_YET, REFUSED, Walk

ALL_SEEN = 3  # situations


def the_code_is_published(walk: Walk) -> None:
    """The lead adopts every clause of the register; leaving one out needs a reason, and a version says what changed."""
    every = tuple(one.id for one in published())
    change: dict[str, Any] = {"change_zh": "首次发布。", "change_en": "First publication."}
    walk.press(
        "publish the code without one clause and without a reason",
        standing.publish_code,
        by="shen",
        must=REFUSED,
        under=("MGMT-01",),
        missing=(every[-1],),
        clauses=every[:-1],
        **change,
    )
    walk.press(
        "publish the code without saying what changed",
        standing.publish_code,
        by="shen",
        must=NOT_YET,
        under=("MGMT-01",),
        missing=("change_note",),
        clauses=every,
        change_zh=" ",
        change_en="",
    )
    walk.press("publish the code", standing.publish_code, by="shen", under=("MGMT-01",), clauses=every, **change)


def _publishes_who_may_not(walk: Walk) -> None:
    walk.press(
        "the steward publishes a version of his own",
        standing.publish_code,
        by="sun",
        must=REFUSED,
        under=("MGMT-01",),
        clauses=tuple(register.by_id()),
        change_zh="改动。",
        change_en="A change.",
    )


def without_signature_nobody_receives(walk: Walk) -> None:
    """*Not yet*, with the clause and what is missing."""
    walk.press(
        "receive clients before the code is signed",
        standing.receive_clients,
        by="lin",
        must=NOT_YET,
        under=("ETH-01",),
        missing=("code_signature",),
    )


def signed_after_three_situations(walk: Walk) -> None:
    """The three situations come before the signature; a version is signed once."""
    version = version_in_force()
    assert version is not None, "published a moment ago"
    walk.press(
        "sign the code without the three situations",
        standing.sign_code,
        by="lin",
        must=NOT_YET,
        under=("ETH-01",),
        missing=("situations",),
        version=version,
        seen=0,
    )
    walk.press("sign the code", standing.sign_code, by="lin", under=("ETH-01",), version=version, seen=ALL_SEEN)
    walk.press(
        "sign the same version again",
        standing.sign_code,
        by="lin",
        must=REFUSED,
        under=("ETH-01",),
        version=version,
        seen=ALL_SEEN,
    )
    walk.things["first version"] = version


def now_the_counselor_receives(walk: Walk) -> None:
    """The same press is *done*; twice with one key is one deed; a steward is refused with name."""
    key = uuid4()
    receive: dict[str, Any] = {"by": "lin", "under": ("COMP-01", "ETH-01"), "once": key}
    walk.press("receive clients", standing.receive_clients, **receive)
    walk.press("the same press again, after a lost answer", standing.receive_clients, **receive)
    walk.press("the steward receives clients", standing.receive_clients, by="sun", must=REFUSED, under=("COMP-01",))
    _publishes_who_may_not(walk)


def the_neighbor_sees_nothing(walk: Walk) -> None:
    """Under the other host name there is no version, no colleague and no entry of the first school."""
    mine = entry_count()
    with context.on(walk.schools["second"]):
        apart = versions() == [] and [one.id for one in colleagues()] == [walk.id("wu")] and entry_count() < mine
        walk.look("the second school sees nothing of the first", by="wu", sees=apart, under=("CONF-02",))


def a_new_version_is_owed(walk: Walk) -> None:
    """Everybody owes the signature within the profile's time; until then nothing changes."""
    walk.wait(days=20)
    version = walk.press(
        "publish a new version",
        standing.publish_code,
        by="shen",
        under=("MGMT-01",),
        clauses=tuple(register.by_id()),
        change_zh="第二版：改了措辞。",
        change_en="Second version: new wording.",
    )
    owed = [one for one in owed_by(walk.id("lin")) if one.kind == "sign_code"]
    in_time = len(owed) == 1 and owed[0].due == version.sign_until > walk.at + timedelta(days=1)
    walk.look("the signature is owed, with time left", by="lin", sees=in_time, under=("ETH-01",))
    walk.look("new clients are still offered the counselor", by="lin", sees=_offered(walk), under=("ETH-01",))
    walk.press(
        "sign the version that is no longer in force",
        standing.sign_code,
        by="zhou",
        must=NOT_YET,
        under=("ETH-01",),
        missing=("version_in_force",),
        version=walk.things["first version"],
        seen=ALL_SEEN,
    )


def overdue_stops_only_new_clients(walk: Walk) -> None:
    """Past the time the counselor is not offered to new clients, and is again once the new version is signed."""
    version = version_in_force()
    assert version is not None, "the second version is in force"
    walk.wait_until(version.sign_until)
    mine = standing_of(walk.id("lin"), walk.at)
    stopped = mine.overdue and mine.person.receiving and not _offered(walk)
    walk.look("past the time new clients are not offered the counselor", by="lin", sees=stopped, under=("ETH-01",))
    walk.press(
        "receive clients past the time",
        standing.receive_clients,
        by="lin",
        must=NOT_YET,
        under=("ETH-01",),
        missing=("code_signature_renewed",),
    )
    walk.press("sign the new version", standing.sign_code, by="lin", under=("ETH-01",), version=version, seen=ALL_SEEN)
    settled = not [one for one in owed_by(walk.id("lin")) if one.kind == "sign_code"]
    walk.look("offered again, and nothing owed", by="lin", sees=settled and _offered(walk), under=("ETH-01",))


def _offered(walk: Walk) -> bool:
    return walk.id("lin") in {one.id for one in offered_to_new_clients(walk.at)}


def a_day_off(walk: Walk) -> None:
    """A counselor closes the own door without a reason, and opens it again."""
    walk.press("pause new clients", standing.pause_clients, by="lin", under=("COMP-07",))
    walk.look("nobody is offered", by="lin", sees=not _offered(walk), under=("COMP-07",))
    walk.press("receive clients again", standing.receive_clients, by="lin", under=("COMP-01",))


STEPS = (
    the_code_is_published,
    without_signature_nobody_receives,
    signed_after_three_situations,
    now_the_counselor_receives,
    the_neighbor_sees_nothing,
    a_new_version_is_owed,
    overdue_stops_only_new_clients,
    a_day_off,
)
