"""Every page a person can come to: one line each. `shots` takes their pictures, `test_pages` checks each of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser

from .browser import new_context
from .house import House
from .room import Room, enter, invite

Others = Callable[[str], Room]  # somebody else, signed in, in the same language
_number = itertools.count(1)


def _stay(room: Room, others: Others) -> None:
    """The address is the page."""


def _pressed(name: str) -> Callable[[Room, Others], None]:
    return lambda room, others: room.press(name) and None


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: a name for its file, its address, who sees it ("" for anybody), and what is done there first.

    `route` is the name of the address where that leads, where it leads elsewhere; a test compares all of them with the
    addresses of the house.
    """

    name: str
    path: str
    who: str = ""
    then: Callable[[Room, Others], None] = _stay
    route: str = ""


def _unknown_host(room: Room, others: Others) -> None:
    room.go(room.base.replace("localhost", "nowhere.localhost") + "/")


def _wrong_sign_in(room: Room, others: Others) -> None:
    room.write("Sign-in name", "lin").write("Passphrase", "not this one at all").press("Sign in")


def _invited(room: Room, others: Others) -> None:
    room.go(invite(others("shen"), "何静", "counselor"))


def _entered(room: Room, others: Others) -> None:
    enter(room, invite(others("shen"), "何静", "counselor"), f"he{next(_number)}")


def _used_link(room: Room, others: Others) -> None:
    link = invite(others("shen"), "何静", "counselor")
    enter(room, link, f"used{next(_number)}")
    room.press("I keep it safe: go on").go(link)


def _newcomer_not_yet(room: Room, others: Others) -> None:
    _entered(room, others)
    room.go("/standing/").press("Receive clients")


def _situations(room: Room, others: Others) -> None:
    room.meet_situations()


def _locked(room: Room, others: Others) -> None:
    room.key("Escape", "Escape").page.wait_for_url("**/unlock/**")


def _clicked(selector: str) -> Callable[[Room, Others], None]:
    return lambda room, others: room.page.locator(selector).first.click()


CAME_BY_THE_DOOR = """SELECT c.id::text FROM person_client c JOIN case_case f ON f.client_id = c.id WHERE c.by_door
    AND NOT c.waits AND c.roster_mark IS NULL AND c.joined_id IS NULL AND f.state = 'open' ORDER BY c.made_at LIMIT 1"""
FROM_THE_DOOR = "小鹿"  # who held a first time in the demonstration without an account
LIST = "学号,姓名,班级,出生日期\nP1,王 小明,高一（1）班,2010年3月4日\n,乙,高一（2）班,\nP3,丙,,2013-02-30\nP1,丁,,\n合计,4人"


def _previewed(room: Room, others: Others) -> None:
    room.page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode("gb18030")})
    room.press("Look at it")


def _reversed_span(room: Room, others: Others) -> None:
    line = room.page.locator("main .year-line").last
    line.locator("select").select_option("holiday")
    for box, day in zip(line.locator("input[type=date]").all(), ("2026-12-31", "2026-12-01"), strict=True):
        box.fill(day)
    room.press("Save the calendar")


def _time_chosen(room: Room, others: Others) -> None:
    room.page.locator("main input[name=slot]").first.check()
    room.press("Take this time")


def _time_held(room: Room, others: Others) -> None:
    _time_chosen(room, others)
    room.page.check("[name=hard]")
    room.press("Hold this time")


def _one_after_the_other(*selectors: str) -> Callable[[Room, Others], None]:
    """Click the first of each, page after page."""

    def click(room: Room, others: Others) -> None:
        for selector in selectors:
            room.page.locator(selector).first.click()
            room.page.wait_for_load_state("load")

    return click


def _came_before(room: Room, others: Others) -> None:
    """The form of somebody from the door, with a student of the list who was here before."""
    files = room.page.locator("main table a[href^='/cases/']")
    names = [text.strip() for text in files.all_inner_texts()]
    known = next(name for name in names if name and not name.startswith(FROM_THE_DOOR) and " " not in name)
    room.go("/queue/").page.locator("main").wait_for()
    ((client,),) = room.house.ask(CAME_BY_THE_DOOR)
    room.go(f"/register/{client}/").page.fill("#q", known)
    room.page.locator("#found button.pupil", has_text=known).first.click()
    room.page.wait_for_load_state("load")


def _same_student(room: Room, others: Others) -> None:
    _came_before(room, others)
    room.page.locator("main a[href^='/together/']").first.click()


def _file_with(selector: str, *, opened: bool = False) -> Callable[[Room, Others], None]:
    """The first of the counselor's files that shows this."""

    def search(room: Room, others: Others) -> None:
        path = room.page.url
        while path:
            room.go(path)
            links = room.page.locator("main table a[href^='/cases/']")
            further = room.page.locator("main a[rel=next]")
            files = [str(links.nth(n).get_attribute("href")) for n in range(links.count())]
            path = f"/desk/{further.first.get_attribute('href')}" if further.count() else ""
            for file in files:
                found = room.go(file).page.locator(selector)
                if found.count():
                    if opened:
                        found.first.click()
                    return
        raise AssertionError(f"no file shows {selector}")

    return search


def _typed(selector: str, text: str) -> Callable[[Room, Others], None]:
    def type_it(room: Room, others: Others) -> None:
        with room.page.expect_response(lambda answer: "/list/" in answer.url):
            room.page.locator(selector).first.press_sequentially(text)

    return type_it


def _asked_for_names(room: Room, others: Others) -> None:
    room.page.locator("input[name=what][value=names]").check()
    room.press("See the answer")


def _too_large(room: Room, others: Others) -> None:
    """A field that nobody sees: a text area of four million characters takes a browser longer than a test waits."""
    add = """one => { const more = document.createElement("input"); more.type = "hidden"; more.name = "more";
        more.value = "a".repeat(4 * 1024 * 1024 + 1); one.form.append(more); one.value = "x"; }"""
    room.page.locator("textarea").first.evaluate(add)
    room.press("Leave the slip")


def _handed_over(room: Room, others: Others) -> None:
    _file_with("form[action$='/hand-over/'] button")(room, others)
    room.press("Hand the device over")


def _letter_written(room: Room, others: Others) -> None:
    room.page.fill("[name=text]", "我不知道从哪儿说起。")
    room.press("Send the letter")


ENDING = (_locked, _handed_over)  # what leaves a session that other pages cannot go on with
PAGES = (
    Shown("home", "/"),
    Shown("help", "/help/"),
    Shown("code", "/code/"),
    Shown("code-found", "/code/?q=%E4%BF%9D%E5%AF%86&state=part"),
    Shown("code-states", "/code/states/"),
    Shown("help-in", "/help/en/"),
    Shown("recover", "/recover/"),
    Shown("not-found", "/nowhere/", route="-"),
    Shown("too-large", "/slip/", then=_too_large, route="-"),
    Shown("sign-in", "/sign-in/"),
    Shown("sign-in-wrong", "/sign-in/", then=_wrong_sign_in),
    Shown("link-unknown", "/enter/changed/"),
    Shown("link-used", "/", then=_used_link),
    Shown("unknown-host", "/", then=_unknown_host),
    Shown("enter", "/", then=_invited, route="enter"),
    Shown("recovery-code", "/", then=_entered),
    Shown("receive-not-yet", "/", then=_newcomer_not_yet),
    Shown("locked", "/standing/", "qian", then=_locked, route="unlock"),
    Shown("standing", "/standing/", "lin"),
    Shown("my-card", "/standing/card/", "lin"),
    Shown("certificates", "/standing/certificates/", "shen"),
    Shown("read", "/read/"),
    Shown("sessions", "/standing/sessions/", "lin"),
    Shown("passphrase", "/standing/passphrase/", "lin"),
    Shown("sign-code", "/standing/code/", "sun"),
    Shown("situations", "/standing/code/", "sun", then=_situations),
    Shown("desk", "/desk/", "lin"),
    Shown("owed", "/desk/owed/", "lin"),
    Shown("equal", "/center/equal/", "shen"),
    Shown("done-for-today", "/desk/done/", "lin"),
    Shown("center", "/center/", "shen"),
    Shown("center-owed", "/center/owed/", "shen"),
    Shown("calendar", "/center/calendar/", "shen"),
    Shown("calendar-wrong", "/center/calendar/", "shen", then=_reversed_span, route="calendar"),
    Shown("versions", "/center/versions/", "shen"),
    Shown("versions-not-yet", "/center/versions/", "shen", then=_pressed("Publish")),
    Shown("colleagues", "/center/colleagues/", "shen"),
    Shown("colleague", "/center/colleagues/", "shen", then=_clicked("main table a >> nth=1"), route="colleague"),
    Shown("machine", "/machine/", "sun"),
    Shown("receive-refused", "/standing/", "sun", then=_pressed("Receive clients")),
    Shown("not-for-you", "/center/", "sun"),
    Shown("founding", "/center/founding/", "shen"),
    Shown("principal", "/center/principal/", "shen"),
    Shown("center-agreement", "/center/agreement/", "shen"),
    Shown("teams", "/center/teams/", "shen"),
    Shown("roster", "/center/roster/", "shen"),
    Shown("roster-preview", "/center/roster/", "shen", then=_previewed),
    Shown("roster-letters", "/center/roster/letters/", "shen"),
    Shown("roster-class", "/center/roster/letters/", "shen", then=_clicked("main table a"), route="enrollment_class"),
    Shown("roster-letter", "/center/roster/letter/", "shen"),
    Shown("archive", "/center/destruction/", "zhou"),
    Shown("recovery", "/center/recovery/", "shen"),
    Shown("ledger", "/center/ledger/", "shen"),
    Shown("school-systems", "/school-systems/", "qian"),
    Shown("school-systems-figures", "/school-systems/", "qian", then=_pressed("Show the figures")),
    Shown("school-systems-refused", "/school-systems/", "sun", then=_asked_for_names),
    Shown("leadership", "/leadership/", "qian"),
    Shown("reception", "/reception/", "lin"),
    Shown("find", "/reception/find/", "lin"),
    Shown("reception-waiting", "/reception/waiting/", "lin"),
    Shown("reception-papers", "/reception/papers/", "lin"),
    Shown("reception-week", "/reception/week/", "lin"),
    Shown("sitting", "/desk/", "lin", then=_clicked("form[action='/sitting/'] button"), route="sitting"),
    Shown("sitting-unnamed", "/desk/", "lin", then=_clicked("main a[href^='/sitting/']"), route="sitting"),
    Shown(
        "register",
        "/desk/",
        "lin",
        then=_one_after_the_other("main a[href^='/sitting/']", "main a[href^='/register/']"),
        route="register",
    ),
    Shown("register-known", "/desk/", "lin", then=_came_before, route="register_pick"),
    Shown("together", "/desk/", "lin", then=_same_student, route="together"),
    Shown("find-typed", "/reception/find/", "lin", then=_typed("#q", "wang")),
    Shown("reception-client", "/reception/week/", "lin", then=_clicked("main td a"), route="reception_client"),
    Shown("openings", "/openings/", "lin"),
    Shown("slip", "/slip/"),
    Shown("slip-look", "/slip/look/"),
    Shown("time", "/time/"),
    Shown("proposed", "/reception/proposed/", "lin"),
    Shown(
        "propose",
        "/reception/find/?q=wang",
        "lin",
        then=_clicked("main a[href^='/reception/propose/']"),
        route="reception_propose",
    ),
    Shown("queue", "/queue/", "lin"),
    Shown("queue-on-duty", "/queue/", "zhou"),
    Shown("queue-letter", "/queue/", "lin", then=_clicked("main table a[href^='/queue/']"), route="queue_letter"),
    Shown("write", "/write/"),
    Shown("written", "/write/", then=_letter_written, route="write"),
    Shown("mine-write", "/mine/write/", "student"),
    Shown("answer", "/queue/", "lin", then=_clicked("main table a[href*='/letters/']"), route="answer_letter"),
    Shown("stand-in", "/stand-in/", "lin"),
    Shown(
        "stand-in-words",
        "/stand-in/",
        "lin",
        then=_clicked("form[action$='/class_teacher/'] button"),
        route="stand_in_words",
    ),
    Shown("stand-in-sure", "/stand-in/sure/", "lin"),
    Shown("inquiries", "/center/inquiries/", "shen"),
    Shown("case", "/desk/", "lin", then=_clicked("main table a[href^='/cases/']"), route="case"),
    Shown("record", "/desk/", "lin", then=_clicked("main a[href*='/record/']"), route="record"),
    Shown(
        "their-page",
        "/desk/",
        "lin",
        then=_one_after_the_other("main table a[href^='/cases/']", "#openers a[href$='/their-page/']"),
        route="client_page",
    ),
    Shown("case-not-yours", "/cases/00000000-0000-0000-0000-000000000007/", "sun"),
    Shown("when", "/talk/"),
    Shown("case-guardian-talk", "/desk/", "lin", then=_file_with("#minors form"), route="case"),
    Shown("case-second-word", "/desk/", "lin", then=_file_with("#minors summary", opened=True), route="case"),
    Shown("first", "/talk/", then=_time_chosen, route="talk_first"),
    Shown("held", "/talk/", then=_time_held),
    Shown("sent", "/talk/sent/"),
    Shown("back", "/back/"),
    Shown("kept", "/kept/"),
    Shown("kept-signed-in", "/kept/", "student", then=_clicked("main details:first-of-type summary")),
    Shown("numbers", "/center/numbers/", "shen"),
    Shown("number", "/center/numbers/12356/", "shen"),
    Shown("account", "/account/"),
    Shown("talk", "/talk/", "student"),
    Shown("mine", "/mine/", "student"),
    Shown("mine-agreement", "/mine/agreement/", "student"),
    Shown("mine-cards", "/mine/cards/", "student"),
    Shown("mine-hope", "/mine/hope/", "student"),
    Shown("mine-words", "/mine/words/", "student"),
    Shown("mine-file", "/mine/file/", "student"),
    Shown("mine-leave-words", "/mine/", "student", then=_clicked("main a[href*='/before/']"), route="mine_leave_words"),
    Shown(
        "mine-agreement-copy",
        "/mine/agreement/",
        "student",
        then=_clicked("main .signed a"),
        route="mine_agreement_copy",
    ),
    Shown("mine-cancel", "/mine/", "student", then=_clicked("main a[href^='/mine/cancel/']"), route="mine_cancel"),
    Shown("search", "/desk/search/", "lin"),
    Shown("volumes", "/center/volumes/", "shen"),
    Shown(
        "case-paper",
        "/desk/",
        "lin",
        then=_one_after_the_other("main table a[href^='/cases/']", "a[href$='/paper/file/']"),
        route="case_on_paper",
    ),
    Shown("plan", "/desk/", "lin", then=_file_with("a[href$='/plan/']", opened=True), route="plan"),
    Shown("closing", "/desk/", "lin", then=_file_with("#plan ~ p a[href$='/close/']", opened=True), route="close_case"),
    Shown("mine-plan", "/mine/plan/", "student"),
    Shown("mine-goals", "/mine/goals/", "student"),
    Shown("mine-letters", "/mine/letters/", "student"),
    Shown("in-hand", "/desk/", "lin", then=_handed_over, route="here"),
    Shown("mine-stop", "/mine/stop/", "student"),
    Shown("mine-devices", "/mine/devices/", "student"),
    Shown("mine-passphrase", "/mine/passphrase/", "student"),
)


class Visitors:
    """People of one language, light and width, each signed in once and kept from page to page."""

    def __init__(self, house: House, browser: Browser, language: str, *, width: int, scheme: str) -> None:
        self._house, self._language = house, language
        self._context = lambda: new_context(browser, language, width=width, scheme=scheme)
        self._kept: dict[str, Room] = {}

    def _room(self, key: str, who: str = "") -> Room:
        if key not in self._kept:
            room = Room(self._house, self._context(), self._language)
            self._kept[key] = room.sign_in(who) if who else room
        return self._kept[key]

    def show(self, page: Shown) -> Room:
        """The browser of whoever sees this page, brought to it."""
        fresh = page.name if page.then in ENDING or (not page.who and page.then is not _stay) else ""
        room = self._room(f"{page.who} {fresh}", page.who)
        room.watch.faults.clear()
        room.go(page.path)
        page.then(room, lambda name: self._room(f"other {name}", name))
        room.page.wait_for_load_state("load")
        return room

    def close(self) -> None:
        """Everybody leaves."""
        for room in self._kept.values():
            room.context.close()
        self._kept.clear()
