"""One person in front of one page: what is pressed, written and seen, in the person's own language."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from .browser import NARROW, Watch, check_axe, check_sideways, counted, say, tab_to
from .house import House

SITUATION_ANSWERS = {"s1": "b", "s2": "b", "s3": "b"}
PASSPHRASE = "rain on a quiet roof"


class Room:
    """A browser context with one page, and the words of its language."""

    def __init__(self, house: House, context: BrowserContext, language: str, base: str = "") -> None:
        self.house, self.context, self.language = house, context, language
        self.base = base or house.url
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.watch = Watch(self.page)

    def say(self, text: str, **values: object) -> str:
        """A string of the program in this room's language."""
        return say(self.language, text, **values)

    def go(self, path: str) -> Room:
        """Open an address of the house."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self

    def _named(self, text: str) -> re.Pattern[str]:
        return re.compile(rf"^\s*{re.escape(self.say(text))}")

    def button(self, text: str) -> Locator:
        """The first button of the page itself whose name begins so."""
        return self.page.get_by_role("main").get_by_role("button", name=self._named(text)).first

    def press(self, text: str) -> Room:
        """Press a button, or a link that looks like one."""
        name, main = self._named(text), self.page.get_by_role("main")
        both = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        both.first.click()
        self.page.wait_for_load_state()
        return self

    def write(self, label: str, text: str) -> Room:
        """Fill a field by its label."""
        self.page.get_by_label(self._named(label)).first.fill(text)
        return self

    def sees(self, text: str, **values: object) -> Room:
        """This string stands on the page, to be seen."""
        shown = self.page.get_by_text(self.say(text, **values)).filter(visible=True)
        expect(shown.first).to_be_visible()
        return self

    def misses(self, *texts: str) -> Room:
        """None of these stands anywhere in the page's source."""
        content = self.page.content()
        assert not [text for text in texts if text in content]
        return self

    def verdict(self, outcome: str) -> Locator:
        """The answer of the charter on this page, which must be this one."""
        found = self.page.locator(f'[data-ruling="{outcome}"]')
        expect(found.first).to_be_visible()
        return found.first

    def stands_at(self, path: str) -> Room:
        """The page is this one."""
        expect(self.page).to_have_url(re.compile(re.escape(self.base + path) + r"([?#].*)?$"))
        return self

    def sign_in(self, name: str, passphrase: str = "") -> Room:
        """Come in by name and passphrase; "student" is one who has an account."""
        name = self.house.student if name == "student" else name
        self.go("/sign-in/").write("Sign-in name", name).write("Passphrase", passphrase or self.house.passphrase)
        self.press("Sign in")
        assert "/sign-in/" not in self.page.url, f"{name} could not sign in"
        return self

    def meet_situations(self) -> Room:
        """Answer the three situations and ask for the explanations."""
        for name, value in SITUATION_ANSWERS.items():
            self.page.check(f"input[name={name}][value={value}]")
        return self.press("Show what the code says")

    def sign_code(self) -> Room:
        """Read, meet the situations, sign."""
        return self.go("/standing/code/").meet_situations().press("I have read it and sign").stands_at("/standing/")

    def posts(self, path: str) -> int:
        """The status of a form sent to an address that no page offers, with this page's own token."""
        script = """async (path) => {
            const body = new FormData(document.querySelector("form:has([name=csrfmiddlewaretoken])"));
            return (await fetch(path, { method: "POST", body })).status; }"""
        return int(self.page.evaluate(script, path))

    def axe(self) -> Room:
        """This page keeps WCAG 2.2 AA."""
        check_axe(self.page)
        return self

    def fits_a_phone(self) -> Room:
        """At 360 px nothing scrolls sideways."""
        before: Any = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROW, "height": 800})
        check_sideways(self.page)
        self.page.set_viewport_size(before)
        return self

    def counted(self) -> Any:
        """Count what the hand does from here."""
        return counted(self.page)

    def tab_to(self, selector: str) -> Room:
        """Walk there by Tab."""
        tab_to(self.page, selector)
        return self

    def key(self, *keys: str) -> Room:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()
        return self


def invite(lead: Room, name: str, *roles: str) -> str:
    """The lead invites a colleague; answers the one-time link."""
    lead.go("/center/colleagues/").write("Name", name)
    for role in roles:
        lead.page.check(f"input[name=roles][value={role}]")
    lead.press("Make a one-time link")
    return lead.page.locator("#link").inner_text()


def enter(room: Room, link: str, sign_in: str) -> str:
    """A colleague uses the link and chooses a passphrase; answers the recovery code."""
    room.go(link).write("Sign-in name", sign_in).write("Passphrase", PASSPHRASE)
    room.write("The passphrase once more", PASSPHRASE).press("Make my keys and come in")
    return room.page.locator("#code").inner_text()
