"""The demonstration center: founded by the acts that people press, with sign-ins that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from subrosa.policy import register
from subrosa.policy.actor import DOOR, Actor, Kind
from subrosa.policy.credentials import CredentialKind, TieKind
from subrosa.policy.roles import Role
from subrosa.records.audit.moment import now
from subrosa.records.person import actions as person
from subrosa.records.person import entrance, founding, founding_link
from subrosa.records.person.queries import founding_progress, some_sign_ins, staff
from subrosa.records.roster import actions as roster
from subrosa.records.school import context
from subrosa.records.school.calendar import calendar
from subrosa.records.school.founding import add_school
from subrosa.records.school.queries import all_schools
from subrosa.records.standing import actions as standing
from subrosa.records.standing.credentials import enter_credential
from subrosa.records.standing.queries import version_in_force
from subrosa.records.standing.ties import enter_tie
from subrosa.records.vault import keys
from subrosa.records.vault.opener import Opener, opener

from .lately import letters_from_the_door, letters_of_the_weekend, somebody_at_the_door, who_sat_down
from .roster import demo_cards, found_again, with_letters
from .weeks import Weeks, fresh_code, old_file, prepare_rooms, some_weeks, year_of

PASSPHRASE = "four quiet words here"  # noqa: S105  of the demonstration only, printed at every start


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the demonstration."""

    sign_in: str
    name: str
    roles: tuple[Role, ...]
    signs: bool = False
    credential: CredentialKind = CredentialKind.TEACHER


PRINCIPAL_PAGE = (
    "来没来过心理辅导室、谈了什么，学校不问，心理辅导室不说；不要求提供来访名单；不要求修改或提前交出辅导记录；"
    "保障心理老师接受督导和培训的时间。",
    "Whether somebody came and what was said is not asked by the school and not told by the center; no list of names; no "
    "pressure on records; time for supervision and training is given.",
)
LESSONS = "七年级1、2班，八年级3、4班"
WAY = (
    "我也用沙盘：说不出口的事，可以先摆出来看一看。",
    "I also work with a sand tray: what is hard to say can be laid out first.",
)
GUIDE = "docs/how-to/first-ten-minutes.md"
LEAD = Part("shen", "沈若兰", (Role.LEAD,))
PEOPLE = (
    Part("lin", "林知夏", (Role.COUNSELOR,), signs=True),
    Part("zhou", "周明远", (Role.COUNSELOR, Role.CUSTODIAN), credential=CredentialKind.PROVINCIAL_B),
    Part("qian", "钱副校长", (Role.LEADERSHIP,)),
    Part("sun", "孙工", (Role.STEWARD,)),
)


def key_for(kind: str, of: UUID, at: datetime, passphrase: str) -> tuple[Any, Opener, Any]:
    """A key pair with its passphrase, ready for an act."""
    pair, both = keys.new_keypair(kind, of, at=at)
    keys.lock_under(pair, "locked", both, passphrase)
    return pair, opener(pair.pk, both), both


def found_center(lead: Part, passphrase: str, at: datetime) -> Actor:
    """The lead, the house key, three seats, sealed; answers the lead with open keys."""
    pair, private, both = key_for("staff", uuid4(), at, passphrase)
    session, _ = entrance.new_session(Kind.STAFF, pair.of, pair.pk, both, at=at)
    founding.found(by=DOOR, at=at, name=lead.name, sign_in=lead.sign_in, keypair=pair, private=private, session=session)
    entrance.end(session.pk)
    by = Actor(Kind.STAFF, pair.of, private)
    for number in (1, 2, 3):
        seat, _sheet = founding.new_seat(number, at)
        founding.seat(by=by, at=at, number=number, pair=seat)
    founding.seal(by=by, at=at)
    return by


def join(part: Part, lead: Actor, passphrase: str, at: datetime) -> Actor:
    """Invite a colleague, let him in by his link, and certify his key; a counselor's certificate is seen at the same time."""
    link, token = entrance.new_token()
    person.invite(by=lead, at=at, name=part.name, roles=part.roles, link=link, token=token)
    found = entrance.link_for(token)
    assert found is not None, "the link was made a moment ago"
    pair, private, both = key_for("staff", found.staff_id, at, passphrase)
    session, _ = entrance.new_session(Kind.STAFF, found.staff_id, pair.pk, both, at=at)
    person.enter(by=DOOR, at=at, link=found, keypair=pair, sign_in=part.sign_in, session=session)
    entrance.end(session.pk)
    row = staff(found.staff_id)
    assert row is not None, "the colleague was invited a moment ago"
    person.certify(by=lead, at=at, colleague=row)
    if Role.COUNSELOR in part.roles:
        enter_credential(
            by=lead, at=at, colleague=row, kind=part.credential, number=f"DEMO-{part.sign_in.upper()}-2019"
        )
    return Actor(Kind.STAFF, found.staff_id, private)


def publish_first(lead: Actor, at: datetime) -> None:
    """The first version of the code: every clause of the register."""
    every = tuple(one.id for one in register.clauses())
    standing.publish_code(by=lead, at=at, clauses=every, change_zh="首次发布。", change_en="First publication.")


def publish_second(lead: Actor, at: datetime) -> None:
    """A second version some days ago: everybody owes the signature, with time left."""
    every = tuple(one.id for one in register.clauses())
    zh = "补充了信息披露的告知单；措辞更清楚。"
    standing.publish_code(by=lead, at=at, clauses=every, change_zh=zh, change_en="Packets are named; clearer wording.")


def sign(by: Actor, at: datetime) -> None:
    """Sign the version in force after the three situations."""
    version = version_in_force()
    assert version is not None, "the first version was published"
    standing.sign_code(by=by, at=at, version=version, seen=3)


def sign_and_receive(by: Actor, at: datetime) -> None:
    """Sign, and receive clients."""
    sign(by, at)
    standing.receive_clients(by=by, at=at)


YEARS_AGO = timedelta(days=4 * 366)
LATELY = timedelta(days=40)
PUBLISHED = timedelta(days=10)


def found_demo() -> None:
    """Two schools under two host names; the first founded years ago, with everybody and some weeks of work."""
    at = now()
    first = add_school(
        host="localhost",
        kind="cn-secondary",
        name_zh="青禾中学心理辅导室",
        name_en="Qinghe School Counseling",
        demo=True,
    )
    with context.on(first):
        _people_and_weeks(at)
    second = add_school(
        host="neighbor.localhost",
        kind="cn-secondary",
        name_zh="邻校心理辅导室",
        name_en="Neighbor School Counseling",
        demo=True,
    )
    with context.on(second):
        found_center(Part("wu", "吴老师", (Role.LEAD,)), PASSPHRASE, at)


def _people_and_weeks(at: datetime) -> None:
    founded = at - YEARS_AGO
    lead = found_center(LEAD, PASSPHRASE, founded)
    publish_first(lead, founded)
    standing.sign_principal_page(
        by=lead, at=founded, signer="何校长", text_zh=PRINCIPAL_PAGE[0], text_en=PRINCIPAL_PAGE[1]
    )
    for name in ("许督导（区教研室）", "邻校心理老师方敏"):
        standing.name_outside_professional(by=lead, at=founded, name=name)
    lin, zhou, *_ = joined = [join(part, lead, PASSPHRASE, founded) for part in PEOPLE]
    counselors = [row for one in joined[:2] if (row := staff(one.id))]
    person.found_teams(by=lead, at=founded, counselors=counselors, custodians=counselors[1:])
    for part, by in zip(PEOPLE, joined, strict=True):
        if part.signs:
            sign_and_receive(by, founded)
    weeks = Weeks(at, lead, lin, zhou, PASSPHRASE)
    sign(lead, founded)
    prepare_rooms(weeks, founded)
    year_of(weeks, at - LATELY)
    cards, comes = with_letters(demo_cards(), calendar().local(at))
    roster.import_roster(by=lead, at=at - LATELY, cards=cards)
    students = found_again(comes)
    old_file(weeks, students[6], founded + timedelta(days=3))
    some_weeks(weeks, students[:6])
    letters_of_the_weekend(weeks)
    letters_from_the_door(weeks)
    somebody_at_the_door(weeks)
    who_sat_down(weeks, students[7])
    publish_second(lead, at - PUBLISHED)
    sign(lin, at - PUBLISHED)
    enter_tie(by=lin, at=at - LATELY, colleague=counselors[0], kind=TieKind.LESSON, words=LESSONS)
    enter_tie(by=lin, at=at - LATELY, colleague=counselors[0], kind=TieKind.WAY, words=WAY[0], words_en=WAY[1])


def demo_lines(url: str) -> list[str]:
    """Address, a one-time link for the lead, and the demonstration's sign-ins."""
    lines = [f"open {url}   (a demonstration: no real person)"]
    for school in all_schools():
        if not school.demo:
            continue
        with context.on(school):
            if school.host == "localhost":
                lines += _first_school_lines(url)
            else:
                lines.append(f"a second school: {url.replace('localhost', school.host)}   sign-in: wu (lead)")
    return [*lines, f"what to press, minute by minute: {GUIDE}"]


def _first_school_lines(url: str) -> list[str]:
    at = now()
    lead, lin = (entrance.try_passphrase(name, PASSPHRASE) for name in (LEAD.sign_in, PEOPLE[0].sign_in))
    if lead is None or lin is None:
        return ["the demonstration's passphrase was changed; sign in with your own"]
    link, token = entrance.carrying_link(lead, at=at)
    person.own_link(by=Actor(Kind.STAFF, lead.holder), at=at, link=link)
    code = fresh_code(Actor(Kind.STAFF, lin.holder, opener(lin.keypair, lin.private)), at)
    names = ", ".join(f"{part.sign_in} ({'/'.join(part.roles)})" for part in (LEAD, *PEOPLE))
    clients = ", ".join(some_sign_ins(2))
    return [
        f"the lead's one-time link: {url}/enter/{token}/",
        f'sign-ins, all with the passphrase "{PASSPHRASE}": {names}',
        f"students with an account, the same passphrase: {clients}",
        f"a code for a new student's account: {code}   at {url}/account/",
    ]


def founding_lines(url: str) -> list[str]:
    """For each school that nobody has founded yet, a fresh one-time link by which its lead does; empty where all are."""
    lines = []
    for school in all_schools():
        with context.on(school):
            if not founding_progress().founded:
                where = url.replace("localhost", school.host)
                lines.append(
                    f"found the center by its one-time link: {where}/found/{founding_link.make(now())}/  (24 hours)"
                )
    return lines
