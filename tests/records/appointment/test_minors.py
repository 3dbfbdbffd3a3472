"""The minors' ladder on real rows: what is read in which session, what is owed, and that nothing shows who comes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from subrosa.policy.ladder import Band, Letter
from subrosa.policy.ruling import Outcome
from subrosa.records.appointment import minors, sitting
from subrosa.records.appointment.actions import hold
from subrosa.records.audit.models import Entry
from subrosa.records.consent import guardian
from subrosa.records.consent.models import GuardianTalk, SecondWord
from subrosa.records.duty.models import Duty
from subrosa.records.note.actions import read_file
from subrosa.records.person.clients import Identity, identities
from subrosa.records.roster import actions as roster
from subrosa.records.roster.letter import Answer, Consent
from subrosa.records.roster.models import Pupil
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
from subrosa.records.vault.opener import opener_of
from tests.ground import statements
from tests.records.center import Center, Visit, locked, refused
from tests.records.joining import joined

THIRTEEN, FIFTEEN, NINETEEN = 13, 15, 19
_numbers = iter(range(1, 1000))


def years_ago(center: Center, years: int | None) -> date | None:
    """The day of birth of somebody who is so old and some months, today and after a fortnight."""
    return center.at.date().replace(year=center.at.year - years, day=1) - timedelta(days=90) if years else None


def pupil(center: Center, born: date | None, letter: Consent = Consent.NONE) -> tuple[UUID, str]:
    """A student on the list with the family's answer: roster id and name."""
    number = next(_numbers)
    name = f"某生{number}"
    card = Card(f"N{number}", name, grade="初二", class_name="3班", born=born.isoformat() if born else "")
    roster.import_roster(by=center.lead, at=center.at, cards=[card])
    (found,) = [one for one in search(name) if one.card.number == card.number]
    roster.record_letters(by=center.lead, at=center.at, answers={found.id: Answer(letter)})
    return found.id, name


def student(center: Center, age: int | date | None, letter: Consent = Consent.NONE, **more: Any) -> Visit:
    """The same as a client with an account; by age, or by the day of birth."""
    born = age if isinstance(age, date) else years_ago(center, age)
    key, name = pupil(center, born, letter)
    return center.visit(name, roster=str(key), born=born.isoformat() if born else "", **more)


def meetings(visit: Visit, count: int) -> None:
    """Held meetings, one a day from Tuesday on, signed after the first."""
    for n in range(count):
        visit.book(visit.center.lin if n else None, days=1 + n)
        visit.hold()
        if n == 0:
            visit.sign()


def owed(visit: Visit) -> set[str]:
    open_ones = Duty.objects.filter(case_id=visit.case_id, owner_id=visit.center.lin.id, settled_at=None)
    return set(open_ones.values_list("kind", flat=True)) - {"record"}


def due(visit: Visit, kind: str) -> Any:
    return Duty.objects.get(case_id=visit.case_id, kind=kind, settled_at=None).due


@pytest.mark.parametrize(
    ("age", "letter", "column"),
    [
        (THIRTEEN, Consent.NO, Band.UNDER_14),
        (FIFTEEN, Consent.YES, Band.FROM_14),
        (NINETEEN, Consent.NONE, Band.OF_AGE),
        (None, Consent.NO, None),
    ],
)
def test_age_comes_from_the_identity_and_the_answer_from_the_list(
    center: Center, age: int | None, letter: Consent, column: Band | None
) -> None:
    visit = student(center, age, letter)
    stands = minors.read_rung(center.lin, visit.client.pk, center.at.date())
    assert stands is not None and (stands.column, stands.letter) == (column, Letter(letter or "none"))
    assert minors.read_rung(locked(center.lin), visit.client.pk, center.at.date()) is None
    assert minors.read_rung(visit.me, visit.client.pk, center.at.date()) is None
    assert minors.read_rung(center.qian, visit.client.pk, center.at.date()) is None  # no desk key, no age


def test_who_is_not_on_the_list_has_no_letter_and_may_be_of_age(center: Center) -> None:
    day = center.at.date()
    guest = guardian.rung(Identity("新同学", born=str(years_ago(center, THIRTEEN))), day)
    teacher = guardian.rung(Identity("一位老师", of_age=True), day)
    assert guest is not None and (guest.column, guest.letter) == (Band.UNDER_14, Letter.NONE)
    assert teacher is not None and teacher.column is Band.OF_AGE
    assert guardian.rung(None, day) is None and str(guest) == "…"


@pytest.mark.clause("CON-01", "not_yet")
@pytest.mark.clause("CON-01", "passes")
def test_after_a_no_the_third_meeting_waits_for_a_second_word(center: Center) -> None:
    visit = student(center, THIRTEEN, Consent.NO)
    meetings(visit, 2)  # the first and the second are held as always
    ruling = refused(visit.book, by=center.lin, days=9)
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.NOT_YET, ("CON-01",), ("second_word",))
    entry = Entry.objects.filter(act="book", outcome="not_yet").latest("at")
    assert (entry.actor_id, entry.client_id, entry.about) == (None, None, "")  # counted without a name
    with_rui = refused(visit.book, by=center.rui, days=9)
    assert with_rui.missing == ("second_word",)
    word: dict[str, Any] = {"by": center.lin, "at": center.later, "case": visit.case, "why": "second"}
    assert refused(guardian.note_second_word, **word).missing == ("second_name", "second_time")
    late: dict[str, Any] = {**word, "who": "许督导", "when": center.later + timedelta(minutes=1)}
    assert refused(guardian.note_second_word, **late).missing == ("second_time",)
    guardian.note_second_word(**{**word, "who": "许督导", "when": center.at})
    assert visit.book(center.lin, days=9)


@pytest.mark.parametrize("why", ["danger", "harm_at_home"])
def test_a_ground_needs_nobodys_name(center: Center, why: str) -> None:
    visit = student(center, THIRTEEN, Consent.NO)
    meetings(visit, 2)
    guardian.note_second_word(by=center.lin, at=center.later, case=visit.case, why=why)
    assert visit.book(center.lin, days=9)


@pytest.mark.parametrize(
    ("age", "letter"),
    [
        (THIRTEEN, Consent.YES),
        (THIRTEEN, Consent.NONE),
        (FIFTEEN, Consent.NO),
        (NINETEEN, Consent.NO),
        (None, Consent.NO),
    ],
)
def test_nobody_else_waits(center: Center, age: int | None, letter: Consent) -> None:
    visit = student(center, age, letter)
    meetings(visit, 2)
    assert visit.book(center.lin, days=9)
    assert "guardian_look" not in owed(visit)


@pytest.mark.clause("CON-01", "passes")
def test_where_no_age_can_be_read_the_booking_stands_and_the_look_is_owed(center: Center) -> None:
    visit = student(center, THIRTEEN, Consent.NO)
    meetings(visit, 2)
    booking = visit.book(visit.me, days=9)  # by the client's own account: nobody is turned away by a machine
    assert "guardian_look" in owed(visit) and due(visit, "guardian_look") == booking.starts_at
    minors.look(by=center.lin, at=center.later, case=visit.case)
    assert "guardian_look" in owed(visit), "a no is a no until somebody else was heard"
    guardian.note_second_word(by=center.lin, at=center.later, case=visit.case, why="danger")
    assert "guardian_look" not in owed(visit)


def test_the_look_settles_itself_where_nothing_is_in_the_way(center: Center) -> None:
    visit = student(center, FIFTEEN, Consent.NONE)
    meetings(visit, 2)
    visit.book(visit.me, days=9)
    assert "guardian_look" in owed(visit)
    assert refused(minors.look, by=center.zhou, at=center.later, case=visit.case).clauses == ("CONF-02",)
    minors.look(by=center.lin, at=center.later, case=visit.case)
    assert owed(visit) == set()


@pytest.mark.clause("CON-01", "passes")
def test_walk_ins_and_first_meetings_never_wait(center: Center) -> None:
    visit = student(center, THIRTEEN, Consent.NO)
    meetings(visit, 2)
    row = sitting.sit_down(by=center.lin, at=center.later)
    sitting.go_on_with(by=center.lin, at=center.later, sitting=row, client=visit.client)
    row.refresh_from_db()
    assert sitting.hold(by=center.lin, at=center.later, sitting=row, promise_said=True).case_id == visit.case_id


@pytest.mark.parametrize(
    ("age", "letter", "talk"),
    [
        (THIRTEEN, Consent.NONE, True),
        (THIRTEEN, Consent.NO, True),
        (FIFTEEN, Consent.NO, True),
        (THIRTEEN, Consent.YES, False),
        (FIFTEEN, Consent.NONE, False),
        (NINETEEN, Consent.NO, False),
    ],
)
def test_after_the_second_meeting_a_talk_may_be_owed(center: Center, age: int, letter: Consent, talk: bool) -> None:
    visit = student(center, age, letter)
    meetings(visit, 1)
    assert owed(visit) == set()
    visit.book(center.lin, days=2)
    visit.hold()
    assert owed(visit) == ({"guardian_talk"} if talk else set())


@pytest.mark.clause("CON-01", "passes")
def test_the_talk_is_due_at_the_third_meeting_and_one_tap_settles_it(center: Center) -> None:
    visit = student(center, THIRTEEN)
    meetings(visit, 2)
    assert due(visit, "guardian_talk") > center.later
    third = visit.book(center.lin, days=4)
    assert due(visit, "guardian_talk") == third.starts_at
    ruling = refused(guardian.note_talk, by=center.lin, at=center.later, case=visit.case, came="他说不要")
    assert (ruling.outcome, ruling.missing) == (Outcome.NOT_YET, ("listed_choice",))
    assert refused(guardian.note_talk, by=center.zhou, at=center.later, case=visit.case, came="later").clauses == (
        "CONF-02",
    )
    guardian.note_talk(by=center.lin, at=center.later, case=visit.case, came="together")
    assert owed(visit) == set()
    lin = center.lin
    read_file(by=lin, at=center.later, case=visit.case)
    noted = guardian.noted_of(opener_of(lin), visit.case_id)  # type: ignore[arg-type]  # there is a case
    assert [came for _, came in noted.talks] == ["together"] and noted.words == []


def test_a_meeting_noted_from_a_locked_page_owes_the_look(center: Center) -> None:
    visit = student(center, THIRTEEN)
    meetings(visit, 1)
    second = visit.book(center.lin, days=2)
    hold(by=locked(center.lin), at=second.ends_at, booking=second, promise_said=True)
    assert owed(visit) == {"guardian_look"}
    minors.look(by=center.lin, at=center.later, case=visit.case)
    assert owed(visit) == {"guardian_talk"}


def test_a_letter_that_comes_back_and_a_birthday_settle_what_was_owed(center: Center) -> None:
    visit = student(center, THIRTEEN)
    meetings(visit, 2)
    assert owed(visit) == {"guardian_talk"}
    (row,) = [one for one in search(visit_name(visit)) if one.card.name == visit_name(visit)]
    roster.record_letters(by=center.lead, at=center.later, answers={row.id: Answer(Consent.YES)})
    minors.look(by=center.lin, at=center.later, case=visit.case)
    assert owed(visit) == set()
    other = student(center, center.at.date().replace(year=center.at.year - 14) + timedelta(days=5))
    other.book(days=8)  # on next week's days: this week's are taken
    other.hold()
    other.sign()
    other.book(center.lin, days=9)
    stands = minors.read_rung(center.lin, other.client.pk, center.at.date())
    after = minors.read_rung(center.lin, other.client.pk, center.at.date() + timedelta(days=5))
    assert stands is not None and after is not None
    assert (stands.column, after.column) == (Band.UNDER_14, Band.FROM_14)
    assert guardian.turned_since(stands, center.at, center.at + timedelta(days=5)) == 14


def visit_name(visit: Visit) -> str:
    return identities(opener_of(visit.center.lin), [visit.client.pk])[visit.client.pk].name


@pytest.mark.clause("CONF-05", "passes")
def test_neither_age_nor_answer_stands_readable_on_the_clients_side(center: Center) -> None:
    """Two children who differ in nothing but age and letter leave the same plain columns, but for what was done."""
    young, grown = student(center, THIRTEEN, Consent.NO), student(center, NINETEEN, Consent.YES)
    rows = [
        {
            name: getattr(one.client.__class__.objects.get(pk=one.client.pk), name)
            for name in ("by_door", "waits", "lacks")
        }
        for one in (young, grown)
    ]
    assert rows[0] == rows[1]
    meetings(young, 2)
    guardian.note_talk(by=center.lin, at=center.later, case=young.case, came="not_safe")
    guardian.note_second_word(by=center.lin, at=center.later, case=young.case, why="harm_at_home")
    plain = [
        {f.name for f in model._meta.concrete_fields} - {"id", "school_id"} for model in (GuardianTalk, SecondWord)
    ]
    assert plain == [{"case", "came", "at", "by"}, {"case", "said", "at", "by"}]
    for row, field in (
        (GuardianTalk.objects.get(case=young.case), "came"),
        (SecondWord.objects.get(case=young.case), "said"),
    ):
        assert b"safe" not in bytes(getattr(row, field)) and b"harm" not in bytes(getattr(row, field))


@pytest.mark.clause("CONF-05", "passes")
def test_the_schools_side_stays_as_it_was(center: Center) -> None:
    """Nothing that happens at the center touches the list or its letters: no row of it changes, so no page of it can."""
    visit = student(center, THIRTEEN, Consent.NO)
    before = list(Pupil.objects.order_by("id").values_list("id", "card", "imported_at"))
    with statements() as said:
        meetings(visit, 2)
        guardian.note_talk(by=center.lin, at=center.later, case=visit.case, came="later")
        guardian.note_second_word(by=center.lin, at=center.later, case=visit.case, why="danger")
        visit.book(center.lin, days=9)
    assert list(Pupil.objects.order_by("id").values_list("id", "card", "imported_at")) == before
    writes = [one for one in said if one.split()[0] in ("INSERT", "UPDATE", "DELETE") and "roster_" in one]
    assert writes == [] and any("roster_pupil" in one for one in said)  # read, never written


def test_whoever_joins_the_team_may_note_it_too(center: Center) -> None:
    visit = student(center, THIRTEEN)
    meetings(visit, 2)
    joined(by=center.lin, at=center.later, case=visit.case, colleague=center.row("zhou"))
    guardian.note_talk(by=center.zhou, at=center.later, case=visit.case, came="alone")
    assert owed(visit) == set()


def test_the_first_two_bookings_ask_the_list_nothing(center: Center) -> None:
    visit = student(center, THIRTEEN, Consent.YES)
    with statements() as said:
        meetings(visit, 1)
        visit.book(center.lin, days=2)
    assert not [one for one in said if "roster_pupil" in one]
