"""What the margin of a record asks, part by part: whose words an illness is, whether something private is needed, and
whether a part was simply repeated. All of it may be passed over; nothing here stops a signature."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from subrosa.policy.danger import DangerAnswer
from subrosa.policy.diagnosis import Source, Whose, asserted
from subrosa.policy.private import passages
from subrosa.records.note.asked import PLACE, Asked
from subrosa.records.note.parts import NoteText

from .danger import typed_danger

WHOSE: Final[Mapping[Whose, object]] = {
    Whose.CLIENT: _("the client's"),
    Whose.FAMILY: _("the family's"),
    Whose.HOSPITAL: _("a hospital's"),
}
PRIVATE: Final[Mapping[str, object]] = {
    "sexual_life": _("Sexual life"),
    "family_money": _("Family money"),
    "faith": _("Faith"),
    "politics": _("Politics"),
    "others_secrets": _("Somebody else's secret"),
}
LINES = "lines"  # the two lines of a short record, beside the six parts
SEEN = 16  # hexadecimal digits by which a page says what it shows already


def key_of(phrase: str) -> str:
    """The name of the fields about one phrase."""
    return hashlib.sha256(phrase.encode()).hexdigest()[:12]


def typed_asked(post: Any) -> Asked:
    """What was answered beside the parts."""
    get_all = post.getlist if isinstance(post, QueryDict) else lambda name: [post[name]] if name in post else []
    return Asked(
        typed_danger(post),
        str(post.get("short_lines", "")).replace("\r\n", "\n"),
        {phrase: typed_source(post, key_of(phrase)) for phrase in get_all("phrase")},
        frozenset(str(one) for one in get_all("needed")),
    )


def typed_source(post: Mapping[str, Any], key: str) -> Source:
    """Whose words one phrase is, as it was tapped on a record that is being written."""
    return source_of(*(str(post.get(f"{name}_{key}", "")) for name in ("whose", "place", "on")))


def source_of(whose: str, place: str, on: str) -> Source:
    """Place and day belong to a hospital, and may come later."""
    if whose != Whose.HOSPITAL:
        return Source(whose if whose in set(Whose) else "")
    return Source(whose, place.strip()[:PLACE], on if DangerAnswer(day=on).on else "")


@dataclass(frozen=True, slots=True)
class MarkShown:
    """One phrase that would assert an illness, and whose words it is said to be."""

    key: str
    phrase: str
    choices: list[tuple[str, object, bool]]
    source: Source
    word: object
    once: UUID

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class PrivateShown:
    """One passage on private life: its field, the sentence, so that it can be found again in the box, and a "yes"."""

    name: str
    field: object
    sentence: str
    needed: bool

    def __repr__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class PartMarks:
    """What stands below one part. `seen` is what a page that shows exactly this sends along."""

    part: str
    marks: list[MarkShown]
    private: list[PrivateShown]
    repeated: bool
    seen: str

    def __repr__(self) -> str:
        return "…"


def mark_of(phrase: str, source: Source | None) -> MarkShown:
    """One phrase with its taps."""
    said = source or Source("")
    taps = [(str(key), word, key == said.whose) for key, word in WHOSE.items()]
    word = WHOSE[Whose(said.whose)] if said.whose in set(Whose) else ""
    return MarkShown(key_of(phrase), phrase, taps, said, word, uuid.uuid4())


def _fingerprint(words: str) -> str:
    """By this a part is compared with the last record's without its words lying on the page twice."""
    return hashlib.sha256(words.strip().encode()).hexdigest()[:32] if words.strip() else ""


def last_of(text: NoteText | None) -> dict[str, str]:
    """The fingerprints of the last record's parts."""
    return {part: _fingerprint(words) for part, words in text.words.items() if words.strip()} if text else {}


def marks_of(text: NoteText, last: Mapping[str, str]) -> dict[str, PartMarks]:
    """What stands below each part of a record that is being written."""
    texts = {**text.words, LINES: text.asked.lines}
    phrases: dict[str, str] = {}  # each phrase once, below the part where it stands first
    for part, words in texts.items():
        for found in asserted(words):
            phrases.setdefault(found.words, part)
    return {part: _below(part, texts, phrases, text.asked, last) for part in texts}


def _below(
    part: str, texts: Mapping[str, str], phrases: Mapping[str, str], asked: Asked, last: Mapping[str, str]
) -> PartMarks:
    words = texts[part]
    marks = [mark_of(phrase, asked.sources.get(phrase)) for phrase, where in phrases.items() if where == part]
    private = [
        PrivateShown(name, PRIVATE[one.field], words[one.start : one.end].strip(), name in asked.needed)
        for one in passages(words, beside=[other for where, other in texts.items() if where != part])
        if (name := f"{part}.{one.field}")
    ]
    repeated = bool(words.strip()) and _fingerprint(words) == last.get(part)
    said = repr(([one.phrase for one in marks], [one.sentence for one in private], repeated))
    return PartMarks(part, marks, private, repeated, hashlib.sha256(said.encode()).hexdigest()[:SEEN])


def sources_of(texts: Iterable[NoteText]) -> dict[str, Source]:
    """Whose words each phrase is: what a record was signed with, and over it what was added later."""
    found: dict[str, Source] = {}
    for text in texts:
        found |= text.asked.sources
    return found


def open_marks(texts: Sequence[str], sources: Mapping[str, Source]) -> list[MarkShown]:
    """The phrases of a signed record, each with what is known of it."""
    phrases = dict.fromkeys(found.words for text in texts for found in asserted(text))
    return [mark_of(phrase, sources.get(phrase)) for phrase in phrases]
