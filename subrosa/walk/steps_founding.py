"""The founding: two schools on one server, each with its lead, its keys and its seats; then the people of the first."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from subrosa.policy.actor import Actor, Kind
from subrosa.policy.roles import Role
from subrosa.records.person import actions as person
from subrosa.records.person import entrance, founding, teams
from subrosa.records.person.queries import staff
from subrosa.records.school import context
from subrosa.records.school.founding import add_school
from subrosa.records.standing import actions as standing
from subrosa.records.vault import keys
from subrosa.records.vault.opener import Opener, opener

from .walk import NOT_YET, REFUSED, Walk

PASSPHRASE = "four quiet words here"  # noqa: S105  of the walk only
SEATS = 3


def key_for(kind: str, of: UUID, walk: Walk) -> tuple[Any, Opener, tuple[Any, str]]:
    """What a browser makes at activation: a key pair under the passphrase, its opener, and a session."""
    pair, both = keys.new_keypair(kind, of, at=walk.at)
    keys.lock_under(pair, "locked", both, PASSPHRASE)
    session = entrance.new_session(Kind(kind), of, pair.pk, both, at=walk.at)
    return pair, opener(pair.pk, both), session


def two_schools(walk: Walk) -> None:
    """Two schools live on one server; the steps are about the first unless they say otherwise."""
    for name, host, zh, en in (
        ("first", "localhost", "青禾中学心理辅导室", "Qinghe School Counseling"),
        ("second", "neighbor.localhost", "邻校心理辅导室", "Neighbor School Counseling"),
    ):
        walk.schools[name] = add_school(host=host, kind="cn-secondary", name_zh=zh, name_en=en, demo=True)


def _found(walk: Walk, name: str, of_what: str, called: str) -> None:
    pair, private, (session, _) = key_for("staff", uuid4(), walk)
    walk.press(
        f"found {of_what}",
        founding.found,
        by="door",
        under=("MGMT-01",),
        name=called,
        sign_in=name,
        keypair=pair,
        private=private,
        session=session,
    )
    walk.meet(name, "lead", Actor(Kind.STAFF, pair.of, private))


def a_center_is_founded(walk: Walk) -> None:
    """The lead makes the own key, the house key and the desk; a second founding of the same house is refused."""
    _found(walk, "shen", "the center", "沈若兰")
    pair, private, (session, _) = key_for("staff", uuid4(), walk)
    walk.press(
        "found it a second time",
        founding.found,
        by="door",
        must=REFUSED,
        under=("MGMT-01",),
        name="冒名者",
        sign_in="shen2",
        keypair=pair,
        private=private,
        session=session,
    )


def three_seats(walk: Walk) -> None:
    """Three sheets, one after the other, of which any two recover; none is shown twice."""
    for number in range(1, SEATS + 1):
        pair, sheet = founding.new_seat(number, walk.at)
        walk.things.setdefault("sheets", []).append(sheet)
        walk.press(f"show seat sheet {number}", founding.seat, by="shen", under=("CONF-07",), number=number, pair=pair)
    again, _sheet = founding.new_seat(1, walk.at)
    walk.press(
        "show seat sheet 1 again",
        founding.seat,
        by="shen",
        must=REFUSED,
        under=("CONF-07",),
        missing=("next_seat",),
        number=1,
        pair=again,
    )
    walk.press("split house and desk key over the seats", founding.seal, by="shen", under=("CONF-07",))


COLLEAGUES = (
    ("lin", "林知夏", (Role.COUNSELOR,)),
    ("zhou", "周明远", (Role.COUNSELOR, Role.CUSTODIAN)),
    ("he", "何晓", (Role.RECEPTION,)),
    ("qian", "钱副校长", (Role.LEADERSHIP,)),
    ("sun", "孙工", (Role.STEWARD,)),
)


def colleagues_come_in(walk: Walk) -> None:
    """Each by a one-time link of the lead, with a key of the own that the lead then certifies."""
    for name, called, roles in COLLEAGUES:
        row = invited(walk, name, called, roles)
        walk.press(f"certify the key of {name}", person.certify, by="shen", under=("COMP-01",), colleague=row)


def invited(walk: Walk, name: str, called: str, roles: tuple[Role, ...]) -> Any:
    """The row of somebody who was invited and came in."""
    link, token = entrance.new_token()
    walk.press(
        f"invite {name}",
        person.invite,
        by="shen",
        under=("COMP-01",),
        name=called,
        roles=roles,
        link=link,
        token=token,
    )
    come_in(walk, name, roles[0], token)
    row = staff(walk.id(name))
    assert row is not None, "the colleague came in a moment ago"
    return row


def come_in(walk: Walk, name: str, role: Role, token: str) -> None:
    """Open the one-time link and make the own key."""
    link = entrance.link_for(token)
    assert link is not None, "the link was made a moment ago"
    pair, private, (session, _) = key_for("staff", link.staff_id, walk)
    walk.press(
        f"{name} comes in by the link",
        person.enter,
        by="door",
        under=("COMP-01",),
        link=link,
        keypair=pair,
        sign_in=name,
        session=session,
    )
    walk.meet(name, role, Actor(Kind.STAFF, link.staff_id, private))
    walk.things["used link"] = link


def old_links_open_nothing(walk: Walk) -> None:
    """A link opens once, and within its days."""
    _refused_at_the_door(walk, "use the link a second time", walk.things["used link"], "unused_link")
    link, token = entrance.new_token()
    walk.press(
        "invite somebody who never comes",
        person.invite,
        by="shen",
        name="何老师",
        roles=(Role.COUNSELOR,),
        link=link,
        token=token,
    )
    walk.wait(days=person.LINK_DAYS + 1)
    _refused_at_the_door(walk, "use a link that is too old", entrance.link_for(token), "link_in_time")


def _refused_at_the_door(walk: Walk, step: str, link: entrance.Link | None, lacks: str) -> None:
    assert link is not None, "the link exists, used or old"
    pair, _, (session, _) = key_for("staff", link.staff_id, walk)
    walk.press(
        step,
        person.enter,
        by="door",
        must=REFUSED,
        under=("COMP-01",),
        missing=(lacks,),
        link=link,
        keypair=pair,
        sign_in="-",
        session=session,
    )


def outside_professionals_are_named(walk: Walk) -> None:
    """Two people outside the school, for a second word and for the seats."""
    for name in ("许督导", "方老师"):
        walk.press(
            f"name {name} outside the school",
            standing.name_outside_professional,
            by="shen",
            under=("CONF-07", "EXC-10"),
            name=name,
        )


def teams_are_made(walk: Walk) -> None:
    """Duty and crisis team for the counselors, the archive for the custodian; no team of leadership."""
    rows = {name: staff(walk.id(name)) for name in ("lin", "zhou", "qian")}
    walk.press(
        "make a team of leadership",
        person.found_teams,
        by="shen",
        must=REFUSED,
        under=("CONF-05",),
        counselors=[rows["qian"]],
        custodians=[rows["zhou"]],
    )
    walk.press(
        "make the teams",
        person.found_teams,
        by="shen",
        under=("CONF-07", "CONF-05"),
        counselors=[rows["lin"], rows["zhou"]],
        custodians=[rows["zhou"]],
    )


def somebody_comes_later(walk: Walk) -> None:
    """A counselor who is certified after the teams were made: a member takes her in; the lead cannot, nor can she herself."""
    newcomer = invited(walk, "tang", "唐一宁", (Role.COUNSELOR,))
    walk.press(
        "take her into the teams before her key is certified",
        teams.take_in,
        by="lin",
        must=NOT_YET,
        under=("CONF-07",),
        missing=("certified_key",),
        newcomer=newcomer,
    )
    walk.press("certify the key of tang", person.certify, by="shen", under=("COMP-01",), colleague=newcomer)
    for by, under in (("shen", "CONF-07"), ("tang", "CONF-02")):
        walk.press(f"take tang in as {by}", teams.take_in, by=by, must=REFUSED, under=(under,), newcomer=newcomer)
    walk.press("show tang to the clients", teams.show_joining, by="lin", under=("CON-09",), newcomer=newcomer)
    walk.press("not after all", teams.drop_joining, by="zhou", under=("CON-09",), newcomer=newcomer)
    walk.press(
        "take tang in: nobody has come yet", teams.take_in, by="lin", under=("CONF-07", "CON-09"), newcomer=newcomer
    )


def the_neighbor_is_founded(walk: Walk) -> None:
    """The second school has a lead of its own."""
    with context.on(walk.schools["second"]):
        _found(walk, "wu", "the second school", "吴老师")


STEPS = (
    two_schools,
    a_center_is_founded,
    three_seats,
    colleagues_come_in,
    old_links_open_nothing,
    outside_professionals_are_named,
    teams_are_made,
    somebody_comes_later,
    the_neighbor_is_founded,
)
