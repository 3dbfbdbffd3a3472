"""A proposed time as pages: the desk's slip, the code at the door, the line under my things; the sender learns nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from subrosa.records.appointment import actions as appointment
from subrosa.records.appointment import proposing
from subrosa.records.appointment.models import Booking, Proposal
from subrosa.records.outreach import actions as outreach
from subrosa.records.outreach.models import Slip
from subrosa.records.person.models import Client
from subrosa.records.roster import actions as roster
from subrosa.records.roster.queries import first_students
from subrosa.records.roster.sheet import Card
from subrosa.records.vault import keys
from tests.desks.hand import Hand
from tests.records.appointment.test_proposing import propose
from tests.records.center import Center, center, own_center, shared_center

__all__ = ["center", "own_center", "shared_center"]

PAPER = "/time/paper/"  # what a browser prints above the slip


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Hand]:
    return lambda who, at, **more: Hand(monkeypatch, who, at, **more)


def shown(answer: Any, pattern: str = r'<code id="code">([^<]+)</code>') -> str:
    assert answer.status_code == 200, answer.status_code
    return re.search(pattern, answer.content.decode())[1]  # type: ignore[index]


@pytest.mark.clause("CLIENT-01", "passes")
@pytest.mark.parametrize("said", ["yes", "no", "another"])
def test_a_slip_is_answered_at_the_door(hand: Any, center: Center, said: str) -> None:
    row, code = propose(center, days=2)
    door = hand(None, center.at)
    assert "<title>My schedule</title>" in door.text("/time/")
    page = door.post("/time/", code=code.lower()).content.decode()
    assert (
        "A time is kept for you" in page and "You decide alone" in page and "ounsel" not in page.partition("<main")[0]
    )
    once = str(uuid4())
    fields = {"code": code, "once": once}
    answer = door.post("/time/", answer=said, **fields)
    if said == "yes":
        assert answer.status_code == 200 and "nothing else is needed" in answer.content.decode()
        again = door.post("/time/", answer=said, **fields)
        assert again.status_code == 200 and Booking.objects.filter(starts_at=row.starts_at).count() == 1
    elif said == "no":
        assert answer.status_code == 200 and "nobody is told" in answer.content.decode()
    else:
        assert answer.status_code == 302 and answer["Location"] == "/talk/"
    assert not Proposal.objects.filter(pk=row.pk).exists()
    late = door.post("/time/", code=code)
    assert late.status_code == 422 and "nothing is noted" in late.content.decode()


def test_a_wrong_code_is_told_from_one_that_is_no_more(hand: Any, center: Center) -> None:
    door = hand(None, center.at)
    for code, says in (("", "Please type the code"), ("nonsense!", "A letter is missing")):
        answer = door.post("/time/", code=code)
        assert answer.status_code == 422 and says in answer.content.decode()
    assert "Nothing is held" in door.post("/time/", code=keys.new_activation_code()).content.decode()


@pytest.mark.clause("CLIENT-01", "refuses")
def test_who_has_an_account_answers_there_and_nobody_else(hand: Any, center: Center) -> None:
    visit, other = center.visit(), center.visit("王小明")
    row, _code = propose(center, days=3, client=visit.client)
    me = hand(visit.me, center.at)
    assert hand(other.me, center.at).post(f"/mine/proposed/{row.pk}/", answer="yes").status_code == 404
    assert "A time for you, if you like" not in hand(other.me, center.at).text("/mine/")
    assert "A time for you, if you like" in me.text("/mine/")
    assert me.post(f"/mine/proposed/{row.pk}/", answer="").status_code == 409
    once = str(uuid4())
    first, second = (me.post(f"/mine/proposed/{row.pk}/", answer="yes", once=once) for _press in range(2))
    assert (first.status_code, second.status_code) == (302, 302) and first["Location"] == second["Location"]
    assert Booking.objects.get(client=visit.client).starts_at == row.starts_at


@pytest.mark.clause("CONF-05", "passes")
@pytest.mark.parametrize("refused", [False, True])
def test_a_slip_says_nothing_about_whom_it_is_for(
    hand: Any, center: Center, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    mine = center.visit("周正")
    mine.book(days=1)
    mine.sign()
    pages = []
    for client in (None, center.visit("王小明", account=False).client, center.visit().client, mine.client):
        row, code = propose(center, days=2, client=client)
        with monkeypatch.context() as patch:
            if refused:
                patch.setattr(
                    "subrosa.records.appointment.facts.sitting_until",
                    lambda keys, _at: dict.fromkeys(keys, center.later),
                )
            door, once = hand(None, center.at), str(uuid4())
            answers = [door.post("/time/", code=code, once=once)]
            answers += [door.post("/time/", code=code, answer="yes", once=once) for _press in range(2)]
        pages.append([(one.status_code, one.headers.get("Location"), _bare(one, code, once)) for one in answers])
        proposing.withdraw_proposal(by=center.rui, at=center.at, proposal=row)
        for booking in Booking.objects.filter(starts_at=row.starts_at, state="booked"):
            appointment.cancel(by=center.rui, at=center.at, booking=booking)
    assert pages[0] == pages[1] == pages[2] == pages[3]
    assert ("cannot be held just now" if refused else "nothing else is needed") in pages[0][1][2]


def _bare(answer: Any, code: str, once: str) -> str:
    return _without_what_each_page_has_anew(answer.content.decode(), code).replace(once, "")


@pytest.mark.clause("CLIENT-01", "passes")
def test_no_to_one_time_and_back_leaves_the_other_its_own_press(hand: Any, center: Center) -> None:
    visit = center.visit()
    rows = [propose(center, days=2, client=visit.client)[0], propose(center, days=3)[0]]
    Proposal.objects.using("owner").filter(pk=rows[1].pk).update(client=visit.client)  # from before
    me = hand(visit.me, center.at)
    page = me.text("/mine/")
    onces = [re.search(rf'/mine/proposed/{row.pk}/".*?name="once" value="([^"]+)"', page)[1] for row in rows]  # type: ignore[index]
    for row, once, said in zip(rows, onces, ("no", "yes"), strict=True):
        assert me.post(f"/mine/proposed/{row.pk}/", answer=said, once=once).status_code == 302
    assert Booking.objects.get(client=visit.client).starts_at == rows[1].starts_at


@pytest.mark.clause("CONF-05", "passes")
def test_the_desk_makes_the_slip_from_the_list_and_nobody_becomes_a_client(hand: Any, own_center: Center) -> None:
    roster.import_roster(by=own_center.lead, at=own_center.at, cards=[Card("2022010001", "王小明", class_name="3班")])
    pupil, before = first_students(1)[0].id, Client.objects.count()
    rui = hand(own_center.rui, own_center.at)
    address = f"/reception/propose/{pupil}/"
    assert address in rui.text("/reception/find/?q=王")
    page = rui.text(address)
    assert "王小明" in page and "the student alone says yes" in page
    assert f'action="{PAPER}"' in page and str(pupil) not in PAPER
    assert rui.post(PAPER, pupil=pupil).status_code == 422 and rui.post(PAPER, pupil="").status_code == 404
    assert rui.get(PAPER)["Location"] == "/reception/proposed/"
    slot = re.search(r'name="slot" value="([^"]+)"', page)[1]  # type: ignore[index]
    once = str(uuid4())
    slip = rui.post(PAPER, pupil=pupil, slot=slot, once=once)
    assert "<title>My schedule</title>" in slip.content.decode() and "reception/slip.css" in slip.content.decode()
    code = shown(slip)
    said = slip.content.decode().partition("<section")[2].partition("</section>")[0]
    assert "B20" in said and "/time/" in said and "王" not in said and "ounsel" not in said
    assert "王小明" in rui.text("/reception/proposed/") and Client.objects.count() == before
    assert rui.post(PAPER, pupil=pupil, slot=slot).status_code == 403, "the time is held"
    assert hand(None, own_center.at).post("/time/", code=code, answer="no").status_code == 200
    assert "Nothing is proposed now" in rui.text("/reception/proposed/")
    assert "shown already" in rui.post(PAPER, pupil=pupil, slot=slot, once=once).content.decode(), (
        "the page loaded again"
    )
    assert rui.post(PAPER, pupil=pupil, slot=slot).status_code == 200
    back = re.search(r'action="(/reception/proposed/[^"]+)"', rui.text("/reception/proposed/"))[1]  # type: ignore[index]
    assert [rui.post(back).status_code for _press in range(2)] == [302, 404]
    assert "Nothing is proposed now" in rui.text("/reception/proposed/")


@pytest.mark.clause("CLIENT-01", "passes")
def test_the_sender_reads_the_same_page_whatever_the_student_answers(hand: Any, center: Center) -> None:
    pages = []
    for days, said in ((1, "yes"), (2, "no"), (3, "another"), (4, "")):
        door = hand(None, center.at)
        code = shown(door.post("/slip/", text="他很安静", whom="王小明", sender="class_teacher"))
        slip = Slip.objects.get(code_hash=keys.code_mark(keys.tidy_code(code)))
        outreach.sort_slip(by=center.lin, at=center.at, slip=slip, choice="week")
        _row, time = propose(center, days=days)
        if said:
            door.post("/time/", code=time, answer=said)
        looks = (door.post("/slip/look/", code=code), hand(None, center.later).post("/slip/look/", code=code))
        pages.append([_without_what_each_page_has_anew(one.content.decode(), code) for one in looks])
        outreach.close_slip(by=center.lin, at=center.at, slip=slip, answer="looked_after")
        closed = hand(None, center.later + timedelta(days=1)).post("/slip/look/", code=code)
        pages[-1].append(_without_what_each_page_has_anew(closed.content.decode(), code))
    assert pages[0] == pages[1] == pages[2] == pages[3] and "Somebody is taking care" in pages[0][0]


def _without_what_each_page_has_anew(page: str, code: str) -> str:
    """Byte for byte, but for the token of the form and the code that was typed."""
    page = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*', r"\1", page)
    return page.replace(code, "")
