"""The desk's lists: until when in words, "and more", the lead's page, the end of the day, and why nobody new comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from subrosa.desks.common.left import since, until
from subrosa.desks.common.owed import TITLES
from subrosa.policy.actor import CLOCK
from subrosa.policy.lateness import PACES
from subrosa.records.appointment import actions as appointment
from subrosa.records.duty.actions import climb
from subrosa.records.duty.models import Duty
from subrosa.records.standing.queries import offered_to_new_clients
from tests.desks.hand import Hand
from tests.ground import by_owner, statements
from tests.records.center import Center, Visit, center, own_center, refused, shared_center, visit
from tests.records.duty.test_climbing import owed

__all__ = ["center", "own_center", "shared_center", "visit"]

TEN = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # Wednesday, ten in the morning at the school
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TONIGHT, NOON = TEN + timedelta(hours=13, minutes=59), TEN + 2 * HOUR


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (TONIGHT, "until tonight"),
        (NOON, "until noon today"),
        (TEN + 8 * HOUR, "until 18:00 today"),
        (TONIGHT + DAY, "until tomorrow night"),
        (NOON + DAY, "until noon tomorrow"),
        (TEN + 2 * DAY, "until 10:00 on Friday"),
        (TONIGHT + 6 * DAY, "until Tuesday night"),
        (TONIGHT + 7 * DAY, "until March 11"),
        (NOON + 7 * DAY, "until noon on March 11"),
        (TONIGHT + 330 * DAY, "until January 28, 2027"),
    ],
)
def test_time_left_reads_like_speech(moment: datetime, words: str) -> None:
    with translation.override("en"):
        assert until(moment, TEN) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (TEN - HOUR, "since 09:00 today"),
        (NOON - DAY, "since noon yesterday"),
        (TONIGHT - DAY, "since last night"),
        (NOON - 2 * DAY, "since noon on Monday"),
        (TONIGHT - 6 * DAY, "since Thursday night"),
        (NOON - 8 * DAY, "since noon on February 24"),
        (TEN - 30 * DAY, "since February 2"),
    ],
)
def test_lateness_reads_like_speech(moment: datetime, words: str) -> None:
    with translation.override("en"):
        assert since(moment, TEN) == words


def test_every_kind_that_has_words_has_a_line_in_the_table_and_the_other_way_round() -> None:
    assert set(TITLES) == set(PACES)


def test_more_than_fifty_stand_on_a_page_of_their_own(hand: Any, own_center: Center) -> None:
    at = own_center.at
    for n in range(53):
        owed(own_center.row("lin"), "guardian_talk", at + n * DAY, at)
    lin, lead = hand(own_center.lin, at), hand(own_center.lead, at)
    page = lin.text("/desk/")
    already = Duty.objects.filter(owner_id=own_center.lin.id, settled_at=None).count()
    assert page.count('<li class="owed') == 50 and f"and {already - 50} more" in page and 'href="/desk/owed/"' in page
    assert lin.text("/desk/owed/").count('<li class="owed') == 50
    assert lin.text("/desk/owed/?page=2").count('<li class="owed') == already - 50
    everybody = Duty.objects.filter(settled_at=None).count()
    assert f"and {everybody - 50} more" in lead.text("/center/")
    assert lead.text("/center/owed/?page=2").count('<li class="owed') == everybody - 50
    assert lin.get("/center/owed/").status_code == 403


def test_with_fifty_and_fewer_there_is_no_more(hand: Any, center: Center) -> None:
    owed(center.row("fang"), "guardian_talk", center.at + DAY, center.at)
    assert "/desk/owed/" not in hand(center.fang, center.at).text("/desk/")


def test_only_danger_is_red(hand: Any, own_center: Center) -> None:
    at, lin = own_center.at, own_center.row("lin")
    owed(lin, "record", at - 9 * DAY, at - 9 * DAY)
    page = hand(own_center.lin, at).text("/desk/")
    assert 'class="owed late"' in page and 'class="owed late danger"' not in page
    owed(lin, "cry", at - HOUR, at - HOUR)
    page = hand(own_center.lin, at).text("/desk/")
    assert page.index('class="owed late danger"') < page.index('class="owed late"')
    assert "late since 09:00 today" in page


@pytest.mark.clause("REC-01", "passes")
def test_what_climbed_stands_on_the_leads_page_with_clause_owner_and_since_when(hand: Any, own_center: Center) -> None:
    at = own_center.at
    row = owed(own_center.row("lin"), "record", at - DAY, at - DAY)
    lead = hand(own_center.lead, at)
    assert "Came up to you" not in lead.text("/center/")
    climb(by=CLOCK, at=at + 3 * HOUR, duty=row)
    lead = hand(own_center.lead, at + 4 * HOUR)
    page = lead.text("/center/")
    part = page[page.index("Came up to you") : page.index("<h2>Owed</h2>")]
    assert "REC-01" in part and "林知夏" in part and "late since noon today" in part
    assert "with the lead since 13:00 today" in part
    assert "/cases/" not in part, "the lead is told that something is late, and led into no file"
    Duty.objects.using("owner").filter(pk=row.pk).update(settled_at=at)
    assert "Came up to you" not in lead.text("/center/")


def late(center: Center, count: int, who: str = "lin") -> list[Duty]:
    """Records of two days ago that nobody wrote."""
    before = center.at - 5 * DAY
    return [owed(center.row(who), "record", before, before) for _ in range(count)]


@pytest.mark.clause("REC-01", "refuses")
@pytest.mark.clause("REC-01", "passes")
def test_three_late_records_take_somebody_from_the_new_clients_page_and_stop_no_student(
    hand: Any, own_center: Center
) -> None:
    known, new, third = own_center.visit(), own_center.visit(), own_center.visit()
    known.book()
    known.hold()
    known.sign()
    own = list(Duty.objects.filter(owner_id=own_center.lin.id, kind="record", settled_at=None))
    rows = late(own_center, 2)
    assert own_center.lin.id in {one.id for one in offered_to_new_clients(own_center.at)}, "two are not three"
    new.book(days=2)
    rows += late(own_center, 1)
    assert own_center.lin.id not in {one.id for one in offered_to_new_clients(own_center.at)}
    ruling = refused(appointment.book, by=third.me, at=own_center.at, **third.slot(3))
    assert ruling.clauses == ("REC-01",) and ruling.missing == ("late_records",)
    known.book(days=4)  # whoever is a client already goes on
    new.hold()
    page = hand(own_center.lin, own_center.at).text("/desk/")
    assert "3 records are late" in page and "Receive clients" not in page
    assert "paused: 3 late records" in hand(own_center.lead, own_center.at).text("/center/")
    Duty.objects.using("owner").filter(pk=rows[0].pk).update(settled_at=own_center.at)
    assert own_center.lin.id in {one.id for one in offered_to_new_clients(own_center.at)}
    third.book(days=3)
    assert len(own) == 1


def test_a_late_record_of_a_colleague_pauses_nobody_else(own_center: Center) -> None:
    late(own_center, 5, "zhou")
    offered = {one.id for one in offered_to_new_clients(own_center.at)}
    assert own_center.lin.id in offered and own_center.zhou.id not in offered


def test_the_end_of_a_day_with_everything_signed_is_one_quiet_sentence(hand: Any, own_center: Center) -> None:
    Duty.objects.using("owner").filter(owner_id=own_center.lin.id).update(settled_at=own_center.at)
    page = hand(own_center.lin, own_center.at).text("/desk/done/")
    assert (
        "Everything is signed. Go home well." in page and "Not signed yet" not in page and "Due by tonight" not in page
    )
    assert "Nobody is entered" in page and 'action="/lock/"' in page


def test_the_end_of_a_day_names_what_is_unsigned_who_is_there_and_what_waits(hand: Any, visit: Visit) -> None:
    from subrosa.records.helpline.actions import set_on_duty

    center = visit.center
    visit.book()
    booking = visit.hold()
    set_on_duty(by=center.lead, at=booking.ends_at, name="方晓岚", room="B205", phone="6612")
    evening = hand(center.lin, booking.ends_at + 5 * HOUR)
    page = evening.text("/desk/done/")
    unsigned = page[page.index("Not signed yet") : page.index("Until you are back")]
    assert f"/cases/{visit.case_id}/record/{booking.pk}/" in unsigned and "until tonight" in unsigned
    assert "方晓岚 · B205 · 6612" in page and "Everything is signed" not in page
    assert evening.post("/lock/").status_code == 302
    assert evening.get("/desk/done/").status_code == 302, "locked"


def test_the_end_of_the_day_is_for_counselors_and_has_a_link_on_the_desk(hand: Any, center: Center) -> None:
    assert 'href="/desk/done/"' in hand(center.lin, center.at).text("/desk/")
    assert hand(center.staff["rui"], center.at).get("/desk/done/").status_code == 403
    locked = hand(center.lin, center.at).lock()
    assert "/desk/done/" not in locked.text("/desk/")


def test_the_desk_costs_the_same_with_many_cases(hand: Any, own_center: Center) -> None:
    from subrosa.records.case.models import Case
    from subrosa.records.person.models import Client

    lin = hand(own_center.lin, own_center.at)
    visit = own_center.visit()
    visit.book()
    lin.text("/desk/")

    def asked() -> int:
        with statements() as said:
            lin.text("/desk/")
        return len(said)

    few = asked()
    for n in range(45):
        row = Case(
            counselor_id=own_center.lin.id, opened_at=own_center.at - n * HOUR, state="open" if n % 9 else "closed"
        )
        row.client = by_owner(Client(made_at=own_center.at))
        made = by_owner(row)
        if n % 3 == 0:
            by_owner(
                Duty(
                    kind="guardian_talk",
                    clause="CON-01",
                    owner_id=own_center.lin.id,
                    about="",
                    case_id=made.pk,
                    due=own_center.at + DAY,
                    opened_at=own_center.at,
                )
            )
    assert asked() == few
    page = lin.text("/desk/")
    assert page.count('href="/cases/') >= 20 and "1 of 3" in page
