"""First contact, coming back and the numbers at the desks: what is shown to whom, and what a press does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from subrosa.desks.client import digits
from subrosa.desks.common import help
from subrosa.policy import helplines
from subrosa.policy.actor import DOOR
from subrosa.records.appointment.models import Booking
from subrosa.records.helpline import actions as numbers
from subrosa.records.helpline import queries
from subrosa.records.outreach import actions as outreach
from subrosa.records.outreach.models import Slip
from subrosa.records.person import returning
from subrosa.records.person.models import Account, Client, Session
from tests.architecture.house import CODE
from tests.desks.hand import Hand
from tests.records.center import Center, center, own_center, refused, shared_center
from tests.records.owing import owing

__all__ = ["center", "own_center", "shared_center"]

DIGITS = re.compile(r'id="code">((?:\d{4} ?){4})<')
NEUTRAL = ("心理", "辅导", "咨询", "counsel", "Counsel", "psych", "Subrosa", "subrosa", "守心")
Door = Callable[..., Hand]


@pytest.fixture
def door(center: Center, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Somebody whom nobody knows, in a language."""
    return lambda language="en": Hand(monkeypatch, None, center.at, language)


@pytest.fixture
def patch_lin(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Hand]:
    return lambda: Hand(monkeypatch, own_center.lin, own_center.at)


@pytest.fixture
def lin(center: Center, monkeypatch: pytest.MonkeyPatch) -> Hand:
    return Hand(monkeypatch, center.lin, center.at)


def slot(center: Center, days: int = 1, opening: str = "lin") -> str:
    given = center.slot(days, opening)
    return f"{given['opening'].pk}@{int(given['starts_at'].timestamp())}"


def carried(page: str) -> dict[str, str]:
    """The hidden fields of a form."""
    return dict(re.findall(r'<input type="hidden" name="(once|carried|slot)" value="([^"]*)"', page))


def hold(hand: Hand, center: Center, *, days: int = 1, **said: str) -> Any:
    """From the second page to the third."""
    page = hand.text(f"/talk/first/?slot={slot(center, days)}")
    fields = {"reach": "comes_by", "hard": "on", **carried(page), **said}
    return hand.client.post("/talk/first/", fields)


def test_three_entrances_that_say_nothing_of_this_place(door: Door) -> None:
    for language in ("en", "zh-hans"):
        page = door(language).text("/")
        assert len(re.findall(r"<li><a href=", page)) == 3
        for path in (reverse("talk"), reverse("help_now"), reverse("mine"), reverse("slip")):
            assert f'href="{path}"' in page
        head = page.partition("</head>")[0]
        assert not [word for word in NEUTRAL if word in re.sub(r"/static/\S+|subrosa\.css", "", head)]
        assert not [word for word in NEUTRAL if word in re.search("<title>(.*?)</title>", page)[1]]  # type: ignore[index]


def test_whoever_is_free_shows_each_time_once(door: Door, center: Center) -> None:
    hand = door()
    page = hand.text("/talk/")
    values = re.findall(r'name="slot" value="[^@"]+@(\d+)"', page)
    assert values and len(values) == len(set(values))
    zhou = hand.text(f"/talk/?with={center.zhou.id}")
    mine = re.findall(r'name="slot" value="([^@"]+)@', zhou)
    assert set(mine) <= {str(one.pk) for name, one in center.openings.items() if name.startswith("zhou")} and mine


@pytest.mark.clause("APPT-01", "passes")
def test_a_time_is_held_and_the_digits_are_shown_once(door: Door, center: Center) -> None:
    hand = door()
    answer = hold(hand, center, name="小鹿", reach="no_contact", reason="就是难受", hard="")
    page = answer.content.decode()
    found = DIGITS.search(page)
    assert answer.status_code == 200 and found and "12:20 B203" in page
    printed = re.sub(r'<(p|span) class="[^"]*no-print[^"]*">.*?</\1>', "", page.partition("<main")[2], flags=re.S)
    assert "held" not in printed.partition("</main>")[0] and "way back" not in printed and found[1] in printed
    booking = Booking.objects.order_by("-booked_at").first()
    assert booking is not None and booking.reason is not None
    code = returning.tidy(found[1])
    assert code is not None and returning.open_with(code) is not None
    assert not Session.objects.filter(holder=booking.client_id).exists(), "nobody is signed in on a borrowed machine"
    assert "vault_key" not in answer.cookies and answer.headers["Cache-Control"] == "no-store"


def test_a_press_whose_answer_got_lost_shows_the_same_digits(door: Door, center: Center) -> None:
    hand = door()
    page = hand.text(f"/talk/first/?slot={slot(center)}")
    fields = {"reach": "comes_by", "hard": "on", **carried(page)}
    before = Client.objects.count()
    shown = [DIGITS.search(hand.client.post("/talk/first/", fields).content.decode()) for _ in (1, 2)]
    assert shown[0] and shown[1] and shown[0][1] == shown[1][1]
    assert Client.objects.count() == before + 1
    hand.at += digits.SHOWN_AGAIN + timedelta(seconds=1)
    late = hand.post("/talk/first/", **fields)
    assert late.status_code == 200 and not DIGITS.search(late.content.decode()), "whoever presses Back later sees none"


def test_digits_of_anybodys_own_making_are_not_taken(door: Door, center: Center) -> None:
    answer = hold(door(), center, carried="0000000000000000")
    found = DIGITS.search(answer.content.decode())
    assert found and returning.tidy(found[1]) != "0" * 16


def test_two_who_drew_the_same_four_digits_both_get_a_time(
    door: Door, center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(door(), center)
    taken = Account.objects.order_by("-made_at").values_list("sign_in", flat=True)[0].removeprefix("back-")
    drawn = iter([taken + "0" * 12, returning.new_code()])
    monkeypatch.setattr(digits.returning, "new_code", lambda: next(drawn))
    answer = hold(door(), center, days=2, carried="")
    assert answer.status_code == 200 and DIGITS.search(answer.content.decode())


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"hard": "", "reason": " \n "}, "id_reason_error"),
        ({"reach": "phone", "contact": " "}, "id_contact_error"),
        ({"reason": "长" * 20_001}, "id_reason_error"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    door: Door, center: Center, said: dict[str, str], where: str
) -> None:
    answer = hold(door(), center, name="小鹿", **said)
    page = answer.content.decode()
    assert answer.status_code == 422 and where in page and 'value="小鹿"' in page
    assert (said.get("reason") or "x") in page or not said.get("reason", "").strip()
    assert not Client.objects.filter(made_at=center.at, by_door=True).exists()


@pytest.mark.clause("APPT-01", "refuses")
def test_a_time_that_is_gone_keeps_the_words_and_offers_the_nearest(door: Door, center: Center) -> None:
    hold(door(), center)
    hand = door()
    page = hand.text(f"/talk/first/?slot={slot(center, 2)}")
    fields = {**carried(page), "slot": slot(center), "reach": "comes_by", "reason": "写了很久", "name": "小雨"}
    answer = hand.client.post("/talk/first/", fields)
    page = answer.content.decode()
    assert answer.status_code == 403 and "写了很久" in page and 'value="小雨"' in page
    near = re.findall(r'<input type="radio" name="slot" value="([^"]+)"', page)
    assert 0 < len(near) <= 3
    done = hand.client.post("/talk/first/", {**fields, **carried(page), "slot": near[0]})
    assert DIGITS.search(done.content.decode())


def test_somebody_signed_in_does_not_come_by_the_door(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = Hand(monkeypatch, center.visit().me, center.at)
    assert hand.get(f"/talk/first/?slot={slot(center)}")["Location"] == "/talk/"


@pytest.mark.clause("CLIENT-01", "passes")
def test_i_was_sent(door: Door, center: Center) -> None:
    hand = door()
    assert reverse("talk_sent") in hand.text("/talk/")
    before = Client.objects.count(), Booking.objects.count()
    page = hand.text("/talk/sent/")
    assert "Ten minutes, without a file" in page and re.search("B20[35]", page), "whoever of them may take somebody new"
    assert (Client.objects.count(), Booking.objects.count()) == before


def test_words_of_danger_go_to_the_duty_team_only_by_a_press(door: Door, center: Center) -> None:
    hand = door()
    before = Slip.objects.count()
    page = hand.text(f"/talk/first/?slot={slot(center)}")
    assert 'id="danger-numbers"' in page and re.search(r'id="danger-numbers"[^>]* hidden', page)
    fields = {"reach": "comes_by", **carried(page), "reason": "不想活了", "duty": "1"}
    for _ in (1, 2):
        answer = hand.client.post("/talk/first/", fields)
        page = answer.content.decode()
        assert (
            answer.status_code == 200 and "不想活了" in page and not re.search(r'id="danger-numbers"[^>]* hidden', page)
        )
    assert Slip.objects.count() == before + 1, "the same words are sent once"
    assert not Booking.objects.filter(booked_at=center.at, client__by_door=True).exists()
    hand.client.post("/talk/first/", {**fields, "reason": "不想活了,真的"})
    assert Slip.objects.count() == before + 2


@pytest.mark.clause("RISK-01", "passes")
def test_a_cry_says_where_as_far_as_it_is_typed_and_stays_one_cry(
    door: Door, own_center: Center, patch_lin: Any
) -> None:
    hand, before = door(), Slip.objects.count()
    page = hand.text(f"/talk/first/?slot={slot(own_center)}")
    assert 'name="here"' not in page
    fields = {**carried(page), "reason": "不想活了", "name": "小鹿", "reach": "no_contact"}
    page = hand.client.post("/talk/first/", {**fields, "duty": "1"}).content.decode()
    assert "Where are you now?" in page and 'formaction="/talk/first/#danger-numbers"' in page
    row = Slip.objects.get(kind="cry")
    shown = patch_lin().text("/queue/")
    assert "To be found: 小鹿 · Do not contact me · chose Tuesday" in shown and "12:20, B203 (not held yet)" in shown
    outreach.sort_slip(by=own_center.zhou, at=own_center.at, slip=row, choice="today")
    page = hand.client.post("/talk/first/", {**fields, "duty": "1", "here": "三号楼天台"}).content.decode()
    assert 'value="三号楼天台"' in page and "This went along" in page
    assert Slip.objects.count() == before + 1, "one cry, said more exactly"
    lin = patch_lin()
    assert "不想活了" in lin.text(f"/queue/{row.pk}/") and "三号楼天台 · 小鹿" in lin.text(f"/queue/{row.pk}/")
    assert len(owing(own_center.zhou.id, kind="cry")) == 1, "whoever had taken it owes another look"
    held = hand.client.post("/talk/first/", {**fields, "hard": "on", "here": "操场", "here_sent": "三号楼天台"})
    assert DIGITS.search(held.content.decode()), "Enter in that box holds the time, and the place goes along"
    assert "操场 · 小鹿" in patch_lin().text(f"/queue/{row.pk}/") and Slip.objects.count() == before + 1


@pytest.mark.clause("EDU-05", "passes")
def test_more_is_said_of_a_cry_only_within_the_hour_while_it_is_open_and_by_its_sender(own_center: Center) -> None:
    one = outreach.send_to_duty(by=DOOR, at=own_center.at, text="不想活了")
    late, account = own_center.at + timedelta(minutes=61), own_center.visit().me
    outreach.close_slip(by=own_center.lin, at=own_center.at, slip=one, answer="looked_after")
    for by, at, slip in ((DOOR, own_center.at, one), (DOOR, late, None), (account, own_center.at, None)):
        again = slip or outreach.send_to_duty(by=DOOR, at=own_center.at, text="不想活了")
        other = outreach.send_to_duty(by=by, at=at, text="别人的话", again=again)
        assert other.pk != again.pk


def test_a_client_signed_in_sends_the_same_way(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = center.visit()
    hand = Hand(monkeypatch, visit.me, center.at)
    answer = hand.post("/talk/", reason="撑不住了", duty="1")
    assert answer.status_code == 200 and "撑不住了" in answer.content.decode()
    assert Slip.objects.filter(client_id=visit.client.pk).count() == 1


def test_the_digits_open_my_things_in_any_groups(door: Door, center: Center) -> None:
    code = DIGITS.search(hold(door(), center, name="小鹿").content.decode())[1]  # type: ignore[index]
    for typed in (code, code.replace(" ", ""), code.replace(" ", "-")):
        hand = door()
        answer = hand.post("/back/", code=typed)
        assert (answer.status_code, answer["Location"]) == (302, "/mine/")
        hand.client.cookies["vault_key"] = answer.cookies["vault_key"].value
        assert "B203" in hand.text("/mine/")


def test_wrong_digits_and_digits_that_nobody_has_read_alike(door: Door, center: Center) -> None:
    code = returning.tidy(DIGITS.search(hold(door(), center).content.decode())[1])  # type: ignore[index]
    assert code is not None
    wrong, unknown = code[:4] + "0" * 12, f"{(int(code[:4]) + 1) % 10000:04}{'0' * 12}"
    hand = door()
    pages = []
    for typed in (wrong, unknown):
        answers = [hand.post("/back/", code=typed) for _ in range(6)]
        assert [one.status_code for one in answers] == [422] * 5 + [409]
        clean = [re.sub(rf'{typed}|value="[^"]*"|hx-headers=\S+ \S+', "", one.content.decode()) for one in answers]
        pages.append(clean)
    assert pages[0] == pages[1]
    waiting = hand.post("/back/", code=code)
    assert waiting.status_code == 409, "the right digits wait too, or a guess would be told by it"
    hand.at += timedelta(minutes=61)
    assert hand.post("/back/", code=code).status_code == 302


def test_the_desk_sees_who_does_not_wish_to_be_called(door: Door, center: Center, lin: Hand) -> None:
    hold(door(), center, name="小鹿", reach="no_contact", urgent="on")
    day = (center.at + timedelta(days=1)).date().isoformat()
    page = lin.text(f"/reception/?day={day}")
    assert "小鹿" in page and "do not contact" in page
    row = Client.objects.filter(by_door=True, made_at=center.at).get()
    assert not row.waits, "the page that shows the name has taken the person over"
    someone = lin.text(f"/reception/client/{row.pk}/")
    assert "do not contact" in someone and "said it is urgent" in someone and "return code" in someone


def test_a_locked_desk_takes_nobody_over(door: Door, center: Center, lin: Hand) -> None:
    hold(door(), center, name="小鹿")
    lin.lock()
    lin.text("/reception/")
    assert Client.objects.get(by_door=True, made_at=center.at).waits


def test_one_press_hands_over_the_key(center: Center, lin: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.records.case.test_share import late

    visit = late(center)
    page = lin.text(f"/cases/{visit.case_id}/")
    assert "hand over the key of what we share" in page
    assert lin.post(f"/cases/{visit.case_id}/share/").status_code == 302
    assert "hand over the key of what we share" not in lin.text(f"/cases/{visit.case_id}/")
    fang = Hand(monkeypatch, center.fang, center.at)
    assert fang.post(f"/cases/{visit.case_id}/share/").status_code == 404, "the page of a file that is not there"


def test_a_new_slip_for_a_lost_passphrase(center: Center, lin: Hand, door: Door) -> None:
    visit = center.visit()
    page = lin.text(f"/reception/client/{visit.client.pk}/")
    assert "The passphrase is forgotten" in page
    code = re.search(r'id="code">([^<]+)<', lin.post(f"/reception/client/{visit.client.pk}/code/").content.decode())
    assert code is not None
    hand = door()
    step = hand.post("/account/", code=code[1])
    assert step.status_code == 200
    sentence = "a new quiet sentence"
    done = hand.post("/account/", code=code[1], passphrase=sentence, again=sentence)
    name = Account.objects.get(client=visit.client).sign_in
    assert done.status_code == 200 and name in done.content.decode()
    assert hand.post("/sign-in/", name=name, passphrase=sentence).status_code == 302


# ---- the help page ----


def calls(page: str) -> list[str]:
    """Each list of numbers on a page, as the numbers in their order."""
    lists = re.findall(r'<ul class="numbers">(.*?)</ul>', page, re.S)
    return [" ".join(re.findall(r'href="(?:tel|sms):([^"]+)"', one)) for one in lists]


def test_nothing_is_said_of_messages_where_none_can_be_sent(
    own_center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand(monkeypatch, None, own_center.at)
    said = "a message is slower"
    assert said not in hand.text("/help/")
    text = helplines.by_text("571")
    change = numbers.Change(text.key, text.number, text.name, text.hours, text.place)
    numbers.set_line(by=own_center.lead, at=own_center.at, change=change)
    assert said in hand.text("/help/")


def test_words_left_at_the_door_are_opened_on_the_next_school_morning(
    own_center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand(monkeypatch, None, own_center.at + timedelta(days=4, hours=9))
    for path in (f"/talk/first/?slot={slot(own_center, 8)}", "/write/"):
        assert "next on Monday, March 9, 07:40" in hand.text(path)


@pytest.mark.clause("RISK-04", "passes")
def test_never_more_than_three_and_never_a_doubtful_one_last(door: Door) -> None:
    for language in ("en", "zh-hans"):
        lists = calls(door(language).text("/help/"))
        assert len(lists) == 1 + len(help.SITUATIONS)
        assert lists[0] == "12356 110" and lists[1].startswith("120")
        for one in lists:
            assert one.split()[-1] not in helplines.MAY_NOT_ANSWER


def test_beside_words_of_danger_stand_the_two_that_always_answer(door: Door, center: Center) -> None:
    page = door().text(f"/talk/first/?slot={slot(center)}")
    assert calls(page) == ["12356 120 110"]


def test_the_help_page_needs_neither_sign_in_nor_script_nor_cookie(door: Door) -> None:
    hand = door()
    answer = hand.get("/help/en/")
    page = answer.content.decode()
    assert answer.status_code == 200 and "htmx.min.js" not in page and "I need help now" in page
    assert "现在就需要帮助" in hand.text("/help/zh-hans/") and hand.get("/help/fr/").status_code == 404
    script = hand.get("/help/worker.js")
    assert script["Content-Type"].startswith("text/javascript") and script.headers["Cache-Control"] == "no-store"
    assert "worker-src 'self'" in script["Content-Security-Policy"]


def test_the_worker_keeps_what_the_page_asks_for_and_nothing_else(door: Door) -> None:
    script = (CODE / "desks/common/static/common/help-worker.js").read_text(encoding="utf-8")
    kept = set(re.search(r"const FILES = \[(.*?)\]", script, re.S)[1].replace('"', "").replace(" ", "").split(","))  # type: ignore[index]
    page = door().text("/help/")
    asked = {one.removeprefix("/static/common/") for one in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    assert asked <= kept and {one for one in kept if not one.startswith("icons/")} == asked
    for name in kept:
        assert (CODE / "desks/common/static/common" / name).is_file()


@pytest.mark.clause("RISK-04", "refuses")
def test_a_line_that_may_not_answer_is_never_the_last(own_center: Center) -> None:
    by, at = own_center.lead, own_center.at
    line = queries.line("12356")
    assert line is not None
    assert refused(numbers.set_line, by=by, at=at, change=numbers.Change.of(line, place=99)).missing == (
        "line_that_always_answers",
    )
    for key in ("110", "120"):
        sure = queries.line(key)
        assert sure is not None
        numbers.set_line(by=by, at=at, change=numbers.Change.of(sure, offered=False))
    last = queries.line("119")
    assert last is not None
    assert refused(numbers.set_line, by=by, at=at, change=numbers.Change.of(last, offered=False))
    text = helplines.by_text("571")
    change = numbers.Change(text.key, text.number, text.name, text.hours, text.place)
    numbers.set_line(by=by, at=at, change=change)
    assert refused(numbers.set_line, by=by, at=at, change=numbers.Change.of(last, offered=False)), (
        "a message is no answer"
    )
    assert [one.key for one in queries.lines()] == ["12356", "12355", "119", "12110"]


def test_the_leads_page(own_center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = Hand(monkeypatch, own_center.lead, own_center.at)
    door = Hand(monkeypatch, None, own_center.at)
    assert "12110" not in door.text("/help/")
    page = lead.text("/center/numbers/")
    assert page.count("Called today, it answers") == 5 and page.count("never yet</span>") == 5
    assert lead.post("/center/numbers/12356/tested/").status_code == 302
    assert queries.line("12356").tested_on == own_center.at.date()  # type: ignore[union-attr]
    assert lead.text("/center/numbers/").count("never yet</span>") == 4
    assert lead.post("/center/numbers/area/", area="57").status_code == 422
    assert lead.post("/center/numbers/area/", area="571").status_code == 302
    assert 'href="sms:12110571"' in door.text("/help/")
    said = {"hours_zh": "8:00-22:00", "hours_en": "8:00 to 22:00", "place": "10", "offered": "on"}
    assert lead.post("/center/numbers/12356/", **said).status_code == 302
    assert "8:00 to 22:00" in door.text("/help/")
    refused_ = lead.post("/center/numbers/12356/", **{**said, "place": "99"})
    assert refused_.status_code == 403 and "always answers" in refused_.content.decode()
    own = {"number": "0571-85029595", "name_zh": "杭州热线", "name_en": "Hangzhou line", **said, "place": "15"}
    assert lead.post("/center/numbers/add/", **own).status_code == 302
    assert 'href="tel:0571-85029595"' in door.text("/help/")
    duty = {"name": "林知夏", "room": "B203", "phone": "8001"}
    assert lead.post("/center/numbers/duty/", **duty).status_code == 302
    page = door.text("/help/")
    assert 'href="tel:8001"' in page and "林知夏 is on duty today · B203" in page and calls(page)[0] == "8001 12356 110"
    assert lead.post("/center/numbers/duty/", name="", room="", phone="").status_code == 302
    assert "林知夏" not in door.text("/help/")


def test_a_counselor_keeps_the_numbers_and_nobody_else(center: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    line = queries.line("12355")
    assert line is not None
    for who, right in (("lin", True), ("rui", False), ("qian", False), ("sun", False)):
        hand = Hand(monkeypatch, getattr(center, who), center.at)
        assert hand.get("/center/numbers/").status_code == (200 if right else 403)
        given = {"by": getattr(center, who), "at": center.at, "line": line, "once": uuid4()}
        if not right:
            assert refused(numbers.note_test_call, **given).clauses == ("RISK-04",)


def test_the_words_of_danger_are_one_list_without_doubles() -> None:
    file = CODE / "desks/client/static/client/danger.json"
    lists = json.loads(file.read_text(encoding="utf-8"))
    assert set(lists) == {"self", "others", "harm", "patterns", "between", "harmless"}
    danger = [one for name in ("self", "others", "harm") for one in lists[name]]
    assert len(danger) == len(set(danger))
    for sign in danger:
        if not sign.isascii():
            assert len(sign) > 1, f"{sign} alone is too eager"
        else:
            assert len(sign) > 3, f"{sign} is too short to mean it"
    lines = [one for name in ("self", "others", "harm") for one in lists["patterns"][name]]
    assert len(lines) == len(set(lines)) and set(lists["patterns"]) == {"self", "others", "harm"}
    for line in lines:
        assert line.split(" ").count("~") in (1, 2) and not set(line) & set("()[]{}*+?.\\^$|"), f"{line} is no pattern"
    verbs = {verb for line in lines for verb in line.split(" ")[0].split("/")} | {
        verb for line in lines for verb in line.split(" ~ ")[-2].split(" ")[-1].split("/")
    }
    for one in lists["harmless"]:
        assert any(sign in one for sign in (*danger, *verbs)), f"{one} takes nothing out"
