"""A browser that looks hard: errors, foreign hosts, accessibility, sideways scrolling, presses counted, keys alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

from tests import messages

from . import traces
from .house import ZONE

# The shell without a window first: the same engine, and a page takes a third of the time.
BROWSERS = ("chromium-headless-shell", "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDE, NARROW = 1280, 360
HEIGHT = 800
ANSWERED = "Failed to load resource: the server responded with a status of 4"
COUNT = """
addEventListener("pointerdown", (event) => { if (event.isTrusted) window.pressed("pointer"); }, true);
addEventListener("keydown", (event) => {
  const field = event.target.closest?.("textarea, input:not([type=radio]):not([type=checkbox]):not([type=submit])");
  const text = field && (event.key.length === 1 || ["Backspace", "Delete", "Shift"].includes(event.key));
  if (event.isTrusted && !event.repeat && !text) window.pressed("key");
}, true);
addEventListener("change", (event) => { if (event.target.matches("select")) window.pressed("choice"); }, true);
"""
SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth, scrolls = (one) => {
    for (let up = one.parentElement; up; up = up.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX) && up !== document.body) return true;
    return false;
  };
  const out = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.right > wide + 1 && !scrolls(one) && getComputedStyle(one).position !== "fixed";
  }).map((one) => one.outerHTML.slice(0, 120));
  const over = document.documentElement.scrollWidth - wide;  // what is seen nowhere may stick out as well: it is named then
  const thin = over <= 0 || out.length ? [] : [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > wide).map((one) => one.outerHTML.slice(0, 120));
  return { over, out: [...out, ...thin].slice(0, 5) };
}"""
FOCUS = """() => {
  const one = document.activeElement, around = [one, one.closest("label"), one.parentElement].filter(Boolean);
  const ring = around.map((box) => getComputedStyle(box)).some((style) =>
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none");
  return { ring, html: one.outerHTML.slice(0, 160) };
}"""
_axe = Axe()
_words: dict[tuple[str | None, str], str] = {}


def chromium() -> str:
    """Where the browser is; a plain sentence when there is none."""
    for name in (os.environ.get("CHROMIUM", ""), *BROWSERS):
        if name and (found := shutil.which(name)):
            return found
    raise SystemExit("Chromium is missing: apt install chromium fonts-noto-cjk, or name it with CHROMIUM=/path.")


def launch(playwright: Playwright) -> Browser:
    """The browser, without a window."""
    return playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)


def say(language: str, text: str, **values: object) -> str:
    """A string of the program as a reader of that language sees it."""
    if language.startswith("zh"):
        if not _words:
            _words.update({(e.msgctxt, e.msgid): e.msgstr for e in messages.catalogue()})
        text = _words.get((None, text)) or text
    return text % values if values else text


def new_context(browser: Browser, language: str, *, width: int = WIDE, scheme: Any = "light") -> BrowserContext:
    """A fresh browser of somebody who reads this language."""
    locale = "zh-CN" if language.startswith("zh") else "en-US"
    size: Any = {"width": width, "height": HEIGHT}
    return browser.new_context(locale=locale, viewport=size, color_scheme=scheme, timezone_id=ZONE)


class Watch:
    """Collects what must never happen on a page: script errors, policy violations, 5xx, foreign hosts."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, said: ConsoleMessage) -> None:
        expected = said.text.startswith(ANSWERED) and "/static/" not in said.location.get("url", "")
        if said.type in ("error", "warning") and not expected:
            self.faults.append(f"console: {said.text} ({said.location.get('url')})")

    def _request(self, request: Request) -> None:
        if request.method == "POST":
            traces.note(request.post_data_buffer or b"", request.headers.get("content-type", ""))
        host = urlsplit(request.url).hostname
        if host and host != "localhost" and not host.endswith(".localhost"):
            self.faults.append(f"a resource from another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")


def check_axe(page: Page) -> None:
    """No violation of WCAG 2.2 AA on this page, else a list one can work from."""
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map((one) => one.finished))"
    )  # colors on their way are none
    found = _axe.run(page, options={**WCAG, "resultTypes": ["violations"]}).response["violations"]
    lines = []
    for one in found:
        lines.append(f"{one['id']} ({one['impact']}): {one['help']}")
        for node in one["nodes"][:5]:
            notes = [item["message"] for item in node.get("any", []) + node.get("all", []) + node.get("none", [])]
            lines.append(f"    {' '.join(map(str, node['target']))}  {node['html'][:140]}  {'; '.join(notes)[:200]}")
    assert not found, f"{page.url} breaks WCAG 2.2 AA:\n" + "\n".join(lines)


def check_sideways(page: Page) -> None:
    """Nothing sticks out to the side and nothing scrolls there."""
    seen = page.evaluate(SIDEWAYS)
    assert seen["over"] <= 0 and not seen["out"], f"{page.url} scrolls sideways by {seen['over']}: {seen['out']}"


class Count:
    """Clicks and keystrokes beyond the text itself."""

    def __init__(self) -> None:
        self.pointer = self.keys = self.choices = 0

    @property
    def all(self) -> int:
        """Everything a hand did beyond writing."""
        return self.pointer + self.keys + self.choices

    def note(self, kind: str) -> None:
        """One more."""
        name = {"pointer": "pointer", "key": "keys", "choice": "choices"}[kind]
        setattr(self, name, getattr(self, name) + 1)


@contextmanager
def counted(page: Page) -> Iterator[Count]:
    """What a hand does on this page from here on: `with counted(page) as hand: ...; assert hand.all <= 4`."""
    count: Count = getattr(page.context, "subrosa_count", None) or Count()
    if not hasattr(page.context, "subrosa_count"):
        page.context.subrosa_count = count  # type: ignore[attr-defined]  # one counter for a context, as its binding
        page.context.expose_binding("pressed", lambda _source, kind: count.note(kind))
        page.context.add_init_script(COUNT)
    page.reload()
    count.pointer = count.keys = count.choices = 0
    yield count


def tab_to(page: Page, selector: str, *, at_most: int = 120) -> None:
    """Walk by Tab to what the selector names, as somebody without a mouse does; each stop must be visible."""
    target = page.locator(selector).first
    target.wait_for()
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            seen = page.evaluate(FOCUS)
            assert seen["ring"], f"the focus is not to be seen on {seen['html']}"
            return
    raise AssertionError(f"{selector} is not reached by {at_most} presses of Tab on {page.url}")
