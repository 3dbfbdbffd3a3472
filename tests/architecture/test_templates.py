"""Templates: no desk borrows from another, and no words stand there outside a translation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import messages
from tests.architecture.house import CODE, short, templates

BORROWED = re.compile(r"\{%\s*(?:extends|include)\s+(\S+)")
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.S)
COMMENT = re.compile(r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", re.S)
TAG = re.compile(r"\{%.*?%\}", re.S)
CLASSES = re.compile(r"\{%\s*block (\w+_class)\s*%\}[\w\s-]*\{%\s*endblock(?: \1)?\s*%\}")  # a block inside class=""
VARIABLE = re.compile(r"\{\{(.*?)\}\}", re.S)
READ_ALOUD = {
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "label",
    "summary",
}
NAMES = {"Subrosa", "守心"}  # a name is not a word
ADDRESS = re.compile(r"[a-z]+:\S*|/\S*")
SHOWN_FILTERS = re.compile(r"\|\s*(?:default|default_if_none|yesno|pluralize|add)\s*:\s*(_?\()?\s*(\"[^\"]*\"|'[^']*')")


def _desk(path: Path) -> str:
    return path.parts[path.parts.index("desks") + 1]


def borrowings(desk: str, name: str, text: str) -> Iterable[str]:
    """A template extends and includes what is common or its own desk's, by a name that can be read."""
    for target in BORROWED.findall(COMMENT.sub("", text)):
        if target[0] not in "\"'":
            yield f"{name} borrows by a variable: {target}"
        elif target[1:-1].split("/")[0] not in {"common", desk}:
            yield f"{name} borrows {target} from another desk"


class _Words(HTMLParser):
    """Collects text nodes and attributes that are read aloud, with letters in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        given = dict(attrs)
        for name, value in attrs:
            button = name == "value" and tag == "input" and given.get("type") in {"submit", "button", "reset"}
            if name in READ_ALOUD or button:
                self._look(value or "")
        if tag == "meta" and given.get("name") == "description":
            self._look(given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._look(data)

    def _look(self, text: str) -> None:
        bare = " ".join(text.split())
        if any(letter.isalpha() for letter in bare) and bare not in NAMES:
            self.found.append(bare)


def bare_words(name: str, text: str) -> Iterable[str]:
    """Words between tags, in spoken attributes or as a filter's literal, that no translation holds."""
    text = CLASSES.sub("", TRANSLATED.sub("", COMMENT.sub("", text)))
    for inside in VARIABLE.findall(text):
        for translated, literal in SHOWN_FILTERS.findall("|" + inside.partition("|")[2]):
            words = literal[1:-1]
            shown = any(letter.isalpha() for letter in words) and not ADDRESS.fullmatch(words)
            if shown and not translated and words not in NAMES:
                yield f"{name}: {words!r} in {{{{{inside}}}}}"
    parser = _Words()
    parser.feed(VARIABLE.sub("", TAG.sub("", text)))
    parser.close()
    for found in parser.found:
        yield f"{name}: {found!r}"


def test_no_desk_borrows_from_another() -> None:
    faults = [f for path in templates() for f in borrowings(_desk(path), short(path), path.read_text(encoding="utf-8"))]
    assert faults == []


def test_every_template_lies_under_the_name_of_its_desk() -> None:
    assert [short(path) for path in templates() if path.parts[path.parts.index("templates") + 1] != _desk(path)] == []


def test_no_words_stand_outside_a_translation() -> None:
    assert [f for path in templates() for f in bare_words(short(path), path.read_text(encoding="utf-8"))] == []


def test_every_visible_string_stands_in_both_languages() -> None:
    assert messages.problems() == []


def test_no_chinese_stands_in_the_code_of_pages() -> None:
    """English is the language of the source; Chinese comes from the catalogue, where it can be read as one text."""
    han = re.compile("[一-鿿]")
    files = [path for path in (CODE / "desks").rglob("*") if path.suffix in {".py", ".html", ".js"}]
    assert [short(path) for path in files if han.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('{% extends "common/base.html" %}{% include "lead/_part.html" %}', 0),
        ('{% extends "steward/base.html" %}', 1),
        ("{% include 'client/_row.html' with x=1 %}", 1),
        ("{% include part %}", 1),
        ('{% comment %}{% include "client/_row.html" %}{% endcomment %}', 0),
    ],
)
def test_planted_borrowings_are_seen(text: str, faults: int) -> None:
    assert len(list(borrowings("lead", "x", text))) == faults


@pytest.mark.parametrize(
    "text",
    [
        "<p>Save</p>",
        "<p>保存</p>",
        "<p>{{ name }} wrote</p>",
        "<h1>{% block title %}Desk{% endblock %}</h1>",
        '<img alt="A lock">',
        '<button aria-label="Close"></button>',
        '<input type="submit" value="Send">',
        "<p>{% if x %}yes{% endif %}</p>",
        '{{ name|default:"Nobody" }}',
        "{{ flag|yesno:'yes,no' }}",
        "<p>&nbsp;a&nbsp;</p>",
    ],
)
def test_planted_words_are_seen(text: str) -> None:
    assert len(list(bare_words("x", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<p class="small words" data-x="y">{% translate "Save" %}</p>',
        "<p>{% blocktranslate with n=x %}Hello {{ n }}{% endblocktranslate %}</p>",
        "<script>const word = 1;</script><style>p { color: red }</style>",
        "<p>{# a remark #}{% comment %}words{% endcomment %}<!-- words --> · 1 – 2</p>",
        '<img alt="{% translate \'A lock\' %}">{{ name|default:"–" }}{{ name|default:_("Nobody") }}{{ when|date:"Y-m-d" }}',
        "<p>Subrosa</p>",
    ],
)
def test_what_is_no_word_is_left_alone(text: str) -> None:
    assert list(bare_words("x", text)) == []


def test_planted_gaps_of_the_catalogue_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "subrosa" / "page.html"
    page.parent.mkdir()
    page.write_text(
        "{% load i18n %}{% translate 'New' %}{% translate 'Open' %}{% translate 'Half' %}"
        "{% blocktranslate %}Told {{ n }}{% endblocktranslate %}"
    )
    po = tmp_path / "django.po"
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Open"\nmsgstr ""\n\n#, fuzzy\n'
        'msgid "Half"\nmsgstr "半"\n\nmsgid "Told %(n)s"\nmsgstr "告诉"\n\nmsgid "Gone"\nmsgstr "走了"\n'
    )
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUE", po)
    words = [
        "fuzzy: 'Half'",
        "not in the catalogue: 'New'",
        "other placeholders",
        "said nowhere any more: 'Gone'",
        "untranslated: 'Open'",
    ]
    assert all(said.startswith(word) for said, word in zip(messages.problems(), words, strict=True)), (
        messages.problems()
    )
