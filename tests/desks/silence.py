"""Walks through pages by their links, collects every form, and sends each as it stands: nothing typed, nothing chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from tests.desks.hand import Hand

SKIPPED = {"hidden", "submit", "button", "file", "image"}  # what a person does not answer
OUT = ("/static/", "/code/", "/center/", "/help/")


@dataclass
class Asked:
    """One field of a form: its name, what a form sent untouched carries, and whether the page says that it must be there."""

    name: str
    kind: str
    value: str | None
    required: bool
    offered: str = ""


@dataclass
class Page(HTMLParser):
    """Links and forms of one page."""

    path: str
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._select: Asked | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.path, given["href"] or "").partition("#")[0])
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.forms.append(Form(self.path, urljoin(self.path, given.get("action") or self.path)))
        if tag in ("input", "textarea", "select") and self.forms and given.get("name"):
            self._asked(tag, given)
        if tag == "option" and self._select is not None and ("selected" in given or self._select.value is None):
            self._select.value = given.get("value") or ""

    def _asked(self, tag: str, given: dict[str, str | None]) -> None:
        kind = given.get("type") or "text" if tag == "input" else tag
        value = given.get("value") or ""
        if kind in ("radio", "checkbox"):
            sent: str | None = value or "on" if "checked" in given else None
        else:
            sent = None if tag == "select" else value
        one = Asked(str(given["name"]), kind, sent, "required" in given, value if kind == "radio" else "")
        self._select = one if tag == "select" else None
        self.forms[-1].fields.append(one)


@dataclass
class Form:
    """One form of one page."""

    page: str
    action: str
    fields: list[Asked] = field(default_factory=list)

    @property
    def questions(self) -> set[str]:
        """The names of what a person could answer."""
        return {one.name for one in self.fields if one.kind not in SKIPPED}

    def untouched(self) -> dict[str, str]:
        """What a browser sends when somebody presses the button and did nothing else."""
        return {
            one.name: one.value for one in self.fields if one.value is not None and one.name != "csrfmiddlewaretoken"
        }

    def with_a_choice(self, names: set[str]) -> dict[str, str]:
        """The same, with the first that is offered under each of these names: a time, and nothing about the person."""
        chosen = {one.name: one.offered for one in reversed(self.fields) if one.offered and one.name in names}
        return self.untouched() | chosen


def walk(hand: Hand, start: list[str], most: int = 120) -> tuple[dict[str, Any], list[Form]]:
    """Every page that links lead to from `start`, and every form on them, each once."""
    seen: dict[str, Any] = {}
    forms: dict[tuple[str, frozenset[str]], Form] = {}
    waiting = list(start)
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        bare = urlsplit(path)
        if bare.netloc or bare.path in seen or not bare.path.startswith("/") or bare.path.startswith(OUT):
            continue
        answer = hand.get(path)
        seen[bare.path] = answer
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        page = Page(bare.path)
        page.feed(answer.content.decode())
        waiting += page.links
        for form in page.forms:
            forms.setdefault((urlsplit(form.action).path, frozenset(form.questions)), form)
    return seen, list(forms.values())
