"""Objects that are somebody else's: one of every kind that an address can name, of a colleague's client and of another school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from subrosa.demo.center import Part, join
from subrosa.policy.actor import DOOR, Actor
from subrosa.policy.roles import Role
from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import brief, proposing
from subrosa.records.appointment import sitting as sittings
from subrosa.records.appointment.queries import Offer
from subrosa.records.archive.models import Volume
from subrosa.records.attachment import actions as attachments
from subrosa.records.attachment.about import About
from subrosa.records.case import actions as cases
from subrosa.records.case import recovering
from subrosa.records.case.farewell import LetterText, write_letter
from subrosa.records.correspondence import actions as correspondence
from subrosa.records.merging import actions as merging
from subrosa.records.note import actions as notes
from subrosa.records.note import drafts
from subrosa.records.note.mark import Mark
from subrosa.records.note.models import DraftBeside
from subrosa.records.note.parts import NoteText
from subrosa.records.outreach import actions as outreach
from subrosa.records.outreach import lists
from subrosa.records.outreach.queries import slip_code
from subrosa.records.person import actions as person
from subrosa.records.person import entrance
from subrosa.records.roster import actions as roster
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
from subrosa.records.school import context
from subrosa.records.standing import credentials, ties
from subrosa.records.vault import keys
from tests.ground import by_owner, new_school
from tests.records.center import FULL, PASSPHRASE, Center, Visit, again, found

NAME: Final = "欧阳夜阑"
CARD: Final = Card("2022097713", NAME, class_name="高二7班")
SAID: Final = ("我常常在天台上坐到很晚", "凌晨三点还醒着的那些夜晚", "每晚十一点半前躺下来", "哭了一会儿才肯说话")
OTHERS: Final = ("和同桌吵了一架", "换了座位以后好些了", "每周打一次球", "借了一把伞")  # of the one who tries

# What the `key` of an address is, by the beginning of the address: the longest that fits. Other arguments by their name.
KEYS: Final[Mapping[str, str]] = {
    "cases/": "case",
    "cases/given/": "recovery",
    "queue/": "slip",
    "queue/requests/": "booking",
    "queue/letters/": "mail",
    "sitting/": "sitting",
    "reception/": "booking",
    "reception/client/": "client",
    "reception/pick/": "pupil",
    "reception/propose/": "pupil",
    "reception/proposed/": "proposal",
    "openings/": "opening",
    "register/": "client",
    "mine/cancel/": "booking",
    "mine/proposed/": "proposal",
    "mine/agreement/": "consent",
    "mine/words/": "booking",
    "mine/letters/": "letter",
    "center/colleagues/": "staff",
    "standing/teams/": "staff",
    "standing/certificates/": "credential",
    "standing/card/lines/": "tie",
    "center/destruction/": "case",
    "center/recovery/": "case",
    "center/volumes/": "volume",
    "center/volumes/bind/": "staff",
    "stand-in/": "inquiry",
    "together/": "client",
    "together/<uuid:key>/apart/": "merge",
}
NAMED: Final = frozenset(
    {"booking", "note", "client", "pupil", "file", "page", "older"}
)  # arguments that are called what they are
TEXTS: Final[Mapping[str, str]] = {  # beside a uuid: a word of a closed list, a number, a day
    "mine_leave_words.which": "before",
    "case_step.kind": "step",
    "sitting_step.kind": "step",
    "file_portion.number": "0",
    "bind_volume.first": "2026-02-09",
}

# Whose whole role has to do with such an object of the own school, and why.
DESK = frozenset({Role.COUNSELOR, Role.RECEPTION})
THEIRS: Final[Mapping[str, frozenset[Role]]] = {
    "reception/": DESK,  # the desk receives everybody: times and names, never a word that was said
    "register/": DESK,
    "together/": frozenset({Role.COUNSELOR}),  # names, as at the desk; what is said in a file opens nowhere there
    "queue/": frozenset({Role.COUNSELOR}),  # the duty team: slips, and the words of a first request
    "queue/letters/": frozenset(),  # in a case: its care team, and no other role as a whole
    "stand-in/": frozenset({Role.COUNSELOR, Role.RECEPTION, Role.LEAD}),  # a kind of caller; nobody is named
    "standing/teams/": frozenset({Role.COUNSELOR, Role.CUSTODIAN}),  # a colleague to take in
    "standing/certificates/": frozenset({Role.LEAD, Role.STEWARD}),  # a kind and a number; who saw the original
    "standing/card/lines/": frozenset({Role.LEAD}),  # which classes a counselor teaches
    "center/colleagues/": frozenset({Role.LEAD}),
    "center/destruction/": frozenset({Role.LEAD, Role.CUSTODIAN}),  # numbers and days; two people confirm
    "center/recovery/": frozenset({Role.LEAD}),  # names the holder; opens nothing
    "center/volumes/": frozenset({Role.LEAD, Role.CUSTODIAN}),  # the archive: numbers, and sealed volumes
}


@dataclass
class Lived:
    """What one client's counseling left: an id of every kind."""

    visit: Visit
    ids: dict[str, UUID]


@dataclass
class Scene:
    """A school with a client of Lin's and one of Fang's, people of every role, and a second school that has the same."""

    center: Center
    victim: Lived
    attacker: Lived
    other: Lived
    people: dict[str, Actor | None]
    schools: tuple[int, int]
    start: dict[tuple[str, str], str] = field(default_factory=dict)


def patterns(found: list[Any], before: str = "") -> list[tuple[str, URLPattern]]:
    """Every address of the URL table with the view behind it."""
    made: list[tuple[str, URLPattern]] = []
    for one in found:
        path = f"{before}{one.pattern}"
        made += patterns(one.url_patterns, path) if isinstance(one, URLResolver) else [(path, one)]
    return made


@dataclass(frozen=True)
class Route:
    """One address of the table: its name, its path as written there, and of what kind each argument is."""

    name: str
    path: str
    kinds: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    audience: frozenset[Role]

    def address(self, ids: Mapping[str, object]) -> str:
        """With an id for each kind."""
        return reverse(self.name, kwargs={**{arg: ids[kind] for arg, kind in self.kinds}, **dict(self.words)})

    def theirs(self, role: Role) -> bool:
        """Whether such objects of the own school are this whole role's business."""
        return role in _longest(THEIRS, self.path, frozenset())


def _longest(table: Mapping[str, Any], path: str, otherwise: Any) -> Any:
    fits = [start for start in table if path.startswith(start)]
    return table[max(fits, key=len)] if fits else otherwise


def routes() -> list[Route]:
    """Every address that names an object. `unknown` are arguments that no foreign object is known for."""
    made = []
    for path, one in patterns(get_resolver().url_patterns):
        kinds, words, unknown = [], [], []
        named = {arg: type(kind).__name__.removesuffix("Converter") for arg, kind in one.pattern.converters.items()}
        if "UUID" not in named.values():
            continue  # a word or a token; see the tests of those
        for arg, kind in named.items():
            known = _longest(KEYS, path, "") if arg == "key" else arg if arg in NAMED else ""
            if kind == "UUID" and known:
                kinds.append((arg, known))
            elif f"{one.name}.{arg}" in TEXTS:
                words.append((arg, TEXTS[f"{one.name}.{arg}"]))
            else:
                unknown.append(arg)
        made.append(
            Route(
                str(one.name),
                path,
                tuple(kinds),
                tuple(words),
                tuple(unknown),
                getattr(one.callback, "audience", frozenset(Role)),
            )
        )
    return made


def bare() -> list[str]:
    """Every address that names nothing."""
    every = patterns(get_resolver().url_patterns)
    return [reverse(str(one.name)) for _, one in every if not one.pattern.converters]


def snapshot(schools: tuple[int, int]) -> dict[tuple[str, str], str]:
    """Every row of both schools but those of the log and the sessions, as the owner reads them."""
    made = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'school_id'"
            " AND table_name !~ '^(audit_|person_session$)'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT id::text, t::text FROM "{table}" t WHERE school_id IN (%s, %s)', schools)
            made |= {(table, key): text for key, text in cursor.fetchall()}
    return made


def scene() -> Scene:
    """Both schools. The first is in force afterwards, so the caller chooses it."""
    center = found()
    gu, outside = (
        join(part, again(center.staff["lead"]), PASSPHRASE, center.at)
        for part in (Part("gu", "顾老师", (Role.CUSTODIAN,)), Part("wai", "许督导", (Role.OUTSIDE,)))
    )
    attacker = lived(center, "fang", Card("2022097714", "上官同舟"), OTHERS, days=2)
    victim = lived(center, "lin", CARD, SAID)
    elsewhere = new_school()
    with context.on(elsewhere):
        other = lived(found(), "lin", CARD, SAID)
    people: dict[str, Actor | None] = {
        "nobody": None,
        "client": attacker.visit.account,
        "fang": center.staff["fang"],
        "zhou": center.staff["zhou"],
        "rui": center.staff["rui"],
        "sun": center.staff["sun"],
        "qian": center.staff["qian"],
        "lead": center.staff["lead"],
        "gu": gu,
        "outside": outside,
    }
    schools = (context.current_school(), elsewhere.id)
    return Scene(center, victim, attacker, other, people, schools, snapshot(schools))


def lived(center: Center, counselor: str, card: Card, said: Sequence[str], *, days: int = 1) -> Lived:
    """One client of the list, with a counselor: everything that an address can name, made as people make it."""
    by, at = getattr(center, counselor), center.at
    roster.import_roster(by=center.sun, at=at - timedelta(days=30), cards=[card])
    pupil = search(card.number)[0].id
    visit = center.visit(card.name, number=card.number, roster=str(pupil))
    visit.bookings.append(_book(visit, counselor, days, said[0]))
    visit.case_id = visit.bookings[-1].case_id
    ids: dict[str, Any] = {"pupil": pupil, "client": visit.client.pk, "case": visit.case_id, "staff": by.id}
    appointment.hold(by=by, at=visit.booking.ends_at, booking=visit.booking, promise_said=True)
    ids["consent"] = _consent(visit, by)
    held = visit.booking
    text = replace(FULL, words={**FULL.words, "problem": said[1]})
    note = notes.write(by=again(by), at=held.ends_at, case=visit.case, booking=held, text=text)
    goal = cases.agree_goal(by=again(by), at=at, case=visit.case, text=said[2])
    visit.bookings.append(_book(visit, counselor, days + 7, said[0]))
    ids |= {"note": note.pk, "goal": goal.pk, "booking": visit.booking.pk, "held": held.pk}
    ids |= _beside(center, again(by), visit, said) | _put_in(center, again(by), visit, said)
    ids |= _card(center, again(by), counselor)
    ids |= _twice(center, again(by))
    ids["opening"] = center.openings[f"{counselor}{days}"].pk
    who, code = proposing.Meant(card.name, card.class_name), keys.new_activation_code()
    offer = Offer(**center.slot(days + 9, counselor))
    ids["proposal"] = proposing.propose(by=again(by), at=at, offer=offer, who=who, code=code, client=visit.client).pk
    return Lived(visit, ids)


def _twice(center: Center, by: Actor) -> dict[str, Any]:
    """Somebody who came under two names, and was put together."""
    older, newer = (center.visit("小鹿", account=False).client for _ in range(2))
    merge = merging.put_together(by=by, at=center.at, client=newer, older=older, agreed=True, seen=True)
    return {"older": older.pk, "merge": merge.pk}


def _card(center: Center, by: Actor, counselor: str) -> dict[str, Any]:
    """A certificate that waits for somebody who sees the original, and a tie to a class."""
    given = {"by": by, "at": center.at, "colleague": center.row(counselor)}
    waits = credentials.enter_credential(**given, kind="society", number="S-1")
    tie = ties.enter_tie(**given, kind="lesson", words="高二7班")
    return {"credential": waits.pk, "tie": tie.pk}


def _book(visit: Visit, counselor: str, days: int, reason: str) -> Any:
    slot = visit.center.slot(days, counselor)
    return appointment.book(by=visit.me, at=visit.center.at, client=visit.client, reason=reason, **slot)


def _consent(visit: Visit, by: Actor) -> UUID:
    from subrosa.policy.grounds import table
    from subrosa.records.consent import actions as consent
    from subrosa.records.consent import understanding

    center = visit.center
    signed = consent.give(
        by=visit.me, at=center.at, case=visit.case, agreement=center.agreement, language="zh-hans", once=uuid4()
    )
    understanding.talk_over(by=again(by), at=center.at, case=visit.case, said=dict.fromkeys(table(), "understood"))
    key: UUID = signed.pk
    return key


def _beside(center: Center, by: Actor, visit: Visit, said: Sequence[str]) -> dict[str, UUID]:
    """A sitting with a draft, a letter of the client's, a recovery named to the counselor, an inquiry."""
    sat = sittings.sit_down(by=by, at=center.at)
    brief.keep(by=again(by), at=center.at, sitting=sat, text=brief.BriefText("peers", "calmer", said[3]))
    once = uuid4()
    words = lists.Words(said[0], "", "", lists.Sender.CLASSMATE)
    slip = outreach.leave_slip(by=DOOR, at=center.at, words=words, code=slip_code(once), once=once)
    row = center.row(_name_of(center, by))
    given = recovering.name_holder(
        by=center.lead, at=center.at, case=visit.case, holder=row, ground="counselor_gone", once=uuid4()
    )
    asked = outreach.note_inquiry(by=again(by), at=center.at, asker=lists.Asker.PARENT)
    return {"sitting": sat.pk, "slip": slip.pk, "recovery": given.pk, "inquiry": asked.pk}


def _put_in(center: Center, by: Actor, visit: Visit, said: Sequence[str]) -> dict[str, UUID]:
    """A file, a letter, a draft that another page overtook, a volume of the archive."""
    given: dict[str, Any] = {"by": by, "at": center.at}
    upload = attachments.begin(case=visit.case, **given)
    content = said[0].encode()
    about = About("画.txt", "text/plain", len(content))
    attachments.attach(attachment=upload, about=about, rest=content, **given)
    letter = write_letter(case=visit.case, text=LetterText(said[2]), **given)
    pages = [uuid4(), uuid4()]
    for page in pages:
        text = NoteText({"situation": said[1]})
        drafts.keep_draft(case=visit.case, booking=visit.booking, text=text, mark=Mark(page), **given)
    assert DraftBeside.objects.filter(page=pages[1]).exists()
    term: dict[str, Any] = {"first": center.at.date(), "last": center.at.date(), "files": 0, "pages": 0}
    number = Volume.objects.count() + 1
    volume = by_owner(Volume(number=number, counselor_id=by.id, head=b"{}", note="", made_at=center.at, **term))
    mail = correspondence.send(by=visit.me, at=center.at, client=visit.client, text=said[1])
    return {"file": upload.pk, "letter": letter.pk, "page": pages[1], "volume": volume.pk, "mail": mail.pk}


def _name_of(center: Center, by: Actor) -> str:
    return next(name for name, one in center.staff.items() if one.id == by.id)


def invited(center: Center) -> str:
    """The token of a fresh invitation."""
    link, token = entrance.new_token()
    person.invite(by=center.lead, at=center.at, name="新老师", roles=(Role.COUNSELOR,), link=link, token=token)
    return token
