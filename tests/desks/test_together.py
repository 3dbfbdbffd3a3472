"""One student who came twice, at the desks: the form says so and leads on; nothing is lost; urgent is said on an own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from subrosa.records.appointment.models import Booking
from subrosa.records.merging.models import Merge
from subrosa.records.person import clients, doorway
from subrosa.records.person.models import Client
from subrosa.records.roster import actions as roster
from subrosa.records.roster.queries import search
from subrosa.records.roster.sheet import Card
from tests.desks.hand import Hand
from tests.ground import statements
from tests.records.appointment.test_first import WORDS, Came
from tests.records.center import Center, Visit, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def pupil(center: Center, name: str = "李小雨", born: str = "2010-05-01") -> UUID:
    card = Card("S0815", name, grade="高二", class_name="5班", born=born, phone="13800000000")
    roster.import_roster(by=center.sun, at=center.at, cards=[card])
    (found,) = search(name)
    return found.id


def both(center: Center) -> tuple[Visit, Came, UUID]:
    key = pupil(center)
    older = center.visit("李小雨", roster=str(key))
    older.book(reason="最近总是睡不着")
    came = Came(center, days=2)
    came.press()
    doorway.adopt_waiting(by=center.lin, at=center.at)
    return older, came, key


@pytest.mark.clause("APPT-01", "passes")
def test_the_form_says_who_came_before_and_three_presses_put_both_together(hand: Any, own_center: Center) -> None:
    older, came, key = both(own_center)
    lin = hand(own_center.lin, own_center.at)
    assert "under another name" in lin.text(f"/reception/client/{came.row.pk}/")
    form = lin.post(f"/register/{came.row.pk}/pick/{key}/", seen="1", next="/desk/")
    page = form.content.decode()
    assert form.status_code == 409 and "This student has come before" in page
    assert 'value="李小雨"' in page and 'value="2010-05-01"' in page, "by hand nothing has to be typed again"
    where = f"/together/{came.row.pk}/{older.client.pk}/"
    assert where in page
    asked = lin.text(where)
    assert "小鹿" in asked and "李小雨" in asked and "Somebody may have come under another name on purpose" in asked
    unasked = lin.post(where, seen="1")
    assert unasked.status_code == 409 and "Ask the student first" in unasked.content.decode()
    assert 'name="seen" value="1" checked' in unasked.content.decode(), "the tick stays"
    assert lin.post(where, seen="1", agreed="1")["Location"] == where
    done = lin.text(where)
    assert "Put together." in done and "Take them apart again" in done
    file = lin.text(f"/cases/{older.case_id}/")
    assert "Another file of this student goes on here" in file and WORDS in file
    ended = Merge.objects.get(was=came.row.pk).ended_id
    assert "This goes on in another file of the same student" in lin.text(f"/cases/{ended}/")
    assert lin.get(f"/reception/client/{came.row.pk}/")["Location"] == f"/reception/client/{older.client.pk}/"
    mine = hand(came.me, own_center.at)
    assert mine.text("/mine/").count("B203") >= 2, "both times on one page"
    log = mine.text("/mine/file/")
    assert "after asking you" in log and "Another account" not in log
    merge = Merge.objects.get(was=came.row.pk)
    assert lin.post(f"/together/{merge.pk}/apart/")["Location"] == where
    assert "The same student?" in lin.text(where)


@pytest.mark.clause("CLIENT-01", "refuses")
def test_who_would_rather_stay_under_the_other_name_does(hand: Any, own_center: Center) -> None:
    older, came, key = both(own_center)
    rui = hand(own_center.rui, own_center.at)
    page = rui.post(f"/register/{came.row.pk}/pick/{key}/", seen="1").content.decode()
    assert "/together/" not in page and "can put both together, after asking" in page
    assert rui.get(f"/together/{came.row.pk}/{older.client.pk}/").status_code == 403
    by_hand = {"name": "李小雨", "class_name": "高二5班", "reach": "comes_by", "born": "2010-05-01"}
    assert rui.post(f"/register/{came.row.pk}/", **by_hand).status_code == 302
    row = Client.objects.get(pk=came.row.pk)
    assert row.lacks == [] and row.roster_mark is None and row.joined_id is None
    known = clients.read_identities(by=own_center.lin, at=own_center.at, clients=[row.pk])[row.pk]
    assert (known.name, known.born, known.roster, known.urgent) == ("李小雨", "2010-05-01", "", True)
    assert not Merge.objects.exists()


def test_a_strangers_page_opens_nothing(hand: Any, own_center: Center) -> None:
    older, came, _ = both(own_center)
    lin = hand(own_center.lin, own_center.at)
    for where in (f"/together/{uuid4()}/{older.client.pk}/", f"/together/{came.row.pk}/{came.row.pk}/"):
        assert lin.get(where).status_code == 404
    assert lin.post(f"/together/{uuid4()}/apart/").status_code == 404


def _books(hand: Any, visit: Visit, days: int, **said: str) -> Any:
    given = visit.slot(days)
    slot = f"{given['opening'].pk}@{int(given['starts_at'].timestamp())}"
    return hand(visit.account, visit.center.at).post("/talk/", slot=slot, **said)


@pytest.mark.clause("APPT-01", "passes")
def test_urgent_is_said_on_an_own_page_and_looked_at_today(hand: Any, own_center: Center) -> None:
    calm, urgent = own_center.visit("甲一"), own_center.visit("乙二")
    for days, (visit, said) in enumerate(((calm, {}), (urgent, {"urgent": "on"})), 1):
        assert "It is urgent" in hand(visit.account, own_center.at).text("/talk/")
        assert _books(hand, visit, days, hard="on", **said).status_code == 302
    rows = {row.client_id: row for row in Booking.objects.all()}
    sealed = [bytes(rows[one.client.pk].pressing) for one in (calm, urgent)]
    assert len(sealed[0]) == len(sealed[1]) and b"urgent" not in sealed[1], "neither row stands out"
    for who in ("lin", "zhou"):  # whose client it is, and whoever is on duty
        page = hand(getattr(own_center, who), own_center.at).text("/queue/")
        assert "乙二" in page and "甲一" not in page and page.count("said it is urgent") == 1
    lin = hand(own_center.lin, own_center.at)
    assert "Said to be urgent, have a look today: 1" in lin.text("/desk/")
    assert "urgent" not in hand(own_center.lin, own_center.at).lock().text("/desk/")
    key = rows[urgent.client.pk].pk
    assert lin.post(f"/queue/requests/{key}/sort/", choice="today")["Location"] == "/queue/"
    assert "乙二" not in lin.text("/queue/")


def test_a_later_meeting_may_be_urgent_too_and_only_the_own_counselor_hears(hand: Any, own_center: Center) -> None:
    visit = own_center.visit("李小雨")
    visit.book()
    visit.hold()
    visit.sign()
    given = visit.slot(3)
    at = own_center.at + timedelta(days=2)
    slot = f"{given['opening'].pk}@{int(given['starts_at'].timestamp())}"
    assert hand(visit.account, at).post("/talk/", slot=slot, urgent="on").status_code == 302
    page = hand(own_center.lin, at).text("/queue/")
    assert "李小雨" in page and "A meeting ahead" in page and "said it is urgent" in page
    assert "said it is urgent" in hand(own_center.lin, at).text("/desk/")
    assert "李小雨" not in hand(own_center.zhou, at).text("/queue/")


def test_an_altered_word_counts_as_urgent_and_no_row_costs_a_statement(hand: Any, own_center: Center) -> None:
    lin = hand(own_center.lin, own_center.at)
    first = own_center.visit("甲一")
    assert _books(hand, first, 1, hard="on").status_code == 302
    Booking.objects.using("owner").filter(client=first.client).update(pressing=b"\x01altered")
    assert "甲一" in lin.text("/queue/")

    costs = []
    for days in (2, 3):
        assert _books(hand, own_center.visit(f"丙{days}"), days, hard="on", urgent="on").status_code == 302
        with statements() as said:
            page = lin.text("/queue/")
        costs.append(len(said))
    assert page.count("said it is urgent") == 3 and costs[0] == costs[1]
