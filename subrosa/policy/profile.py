"""Numbers by school kind. A profile is read once, checked line by line, and frozen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

HERE = Path(__file__).parent / "profiles"


class ProfileError(ValueError):
    """A profile holds a wrong value. The message names file, line, key and what would be right."""


def _count(value: object) -> bool:
    return type(value) is int and value >= 0


def _positive(value: object) -> bool:
    return type(value) is int and value > 0


def _minutes(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(type(v) is int and 10 <= v <= 50 for v in value)


def _second_word(value: object) -> bool:
    return value in ("phone counts", "in writing")


def _noon(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d next school day", value) is not None


def _hour(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


def _days(value: object) -> bool:
    """Numbers of days, each once."""
    if not isinstance(value, list) or not value:
        return False
    return all(_positive(one) for one in value) and len(set(value)) == len(value)


def _month_days(value: object) -> bool:
    """Days of every year, each once: 29 February is none."""
    if not isinstance(value, list) or not value or len({str(one) for one in value}) != len(value):
        return False
    try:
        return all(type(one) is str and len(one) == 5 and date.fromisoformat(f"2001-{one}") for one in value)
    except ValueError:
        return False


# What the program reads today, and what each must be; other lines of a profile wait for the issue that needs them.
CHECKS: Mapping[str, tuple[Callable[[object], bool], str]] = MappingProxyType(
    {
        "people.front_desk": (lambda v: type(v) is bool, "true or false"),
        "people.outside_professionals": (_count, "a whole number, 0 or more"),
        "people.second_word": (_second_word, '"phone counts" or "in writing"'),
        "sessions.lengths_minutes": (_minutes, "a list of lengths from 10 to 50 minutes"),
        "sessions.overrun_asks_after_minutes": (_positive, "a whole number of minutes"),
        "sessions.brief_contact_max_minutes": (_positive, "a whole number of minutes"),
        "sessions.first_contacts_waiting": (_positive, "a whole number of first contacts"),
        "sessions.wrong_codes_per_hour": (_positive, "a whole number of tries"),
        "sessions.signature_from_contact": (_positive, "a whole number, 1 or more"),
        "tests.equity_group_minimum": (_positive, "a whole number of people"),
        "sessions.school_year_begins": (_month_days, 'a list of days such as ["09-01"]'),
        "minors.fourteen": (_positive, "an age in whole years"),
        "minors.of_age": (_positive, "an age in whole years"),
        "minors.guardian_talk_after_meeting": (_positive, "a whole number of meetings"),
        "minors.letter_no_holds_from_meeting": (_positive, "a whole number of meetings"),
        "records.full_record_due_school_days": (_positive, "a whole number of school days"),
        "records.retention_years_after_leaving_school": (_positive, "a whole number of years"),
        "records.late_from": (_noon, 'a time such as "12:00 next school day"'),
        "records.pause_new_clients_after_late": (_positive, "a whole number of records"),
        "records.archive_due_weeks_into_next_term": (_positive, "a whole number of weeks"),
        "records.terms_begin": (_month_days, 'a list of days such as ["02-15", "09-01"]'),
        "records.at_school_at_most_years": (_positive, "a whole number of years"),
        "records.withheld_look_days": (_positive, "a whole number of days"),
        "records.wider_access_shown_school_days": (_positive, "a whole number of school days"),
        "records.backups_kept_days": (_positive, "a whole number of days"),
        "records.letters_kept_days": (_positive, "a whole number of days"),
        "duty.letters_first_answer_school_days": (_positive, "a whole number of school days"),
        "danger.next_step_days_at_most": (_positive, "a whole number of days"),
        "danger.high_by_voice_minutes": (_positive, "a whole number of minutes"),
        "duty.letters_read_at": (_hour, 'a time such as "07:40"'),
        "duty.school_day_ends": (_hour, 'a time such as "17:00"'),
        "duty.slips_per_hour": (_positive, "a whole number of slips"),
        "duty.cries_per_hour": (_positive, "a whole number of messages"),
        "sessions.plan_owed_from_meeting": (_positive, "a whole number of meetings"),
        "standing.case_resting_school_weeks": (_positive, "a whole number of school weeks"),
        "standing.case_resting_lead_school_weeks": (_positive, "a whole number of school weeks"),
        "standing.code_resign_days_of_term_time": (_positive, "a whole number of days"),
        "standing.credential_reminder_days": (_days, "a list of days such as [90, 30, 7]"),
        "standing.credential_entered_days_of_term_time": (_positive, "a whole number of days"),
        "reading.zh_characters_per_sentence": (_positive, "a whole number of characters"),
        "reading.zh_long_sentence": (_positive, "a whole number of characters"),
        "reading.zh_long_percent": (_positive, "a whole number, 1 or more"),
        "reading.en_grade": (_positive, "a school grade, a whole number"),
        "reading.simpler_text": (lambda v: type(v) is bool, "true or false"),
        "reading.simple_zh_characters_per_sentence": (_positive, "a whole number of characters"),
        "reading.simple_zh_long_sentence": (_positive, "a whole number of characters"),
        "reading.simple_zh_long_percent": (_positive, "a whole number, 1 or more"),
        "reading.simple_en_grade": (_positive, "a school grade, a whole number"),
        "devices.idle_lock_minutes": (
            lambda v: isinstance(v, dict) and set(v) == {"shared", "own"} and all(_positive(n) for n in v.values()),
            "{ shared = minutes, own = minutes }",
        ),
    }
)


class Profile(Mapping[str, Any]):
    """The numbers of one school kind, by dotted name: `profile["records.full_record_due_school_days"]`."""

    def __init__(self, kind: str, values: Mapping[str, Any]) -> None:
        self.kind = kind
        self._values = MappingProxyType(dict(values))

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _line_of(text: str, key: str) -> int:
    """The line on which `section.key` stands in a TOML text, counted from 1 (the section's head where the key is absent)."""
    section, _, name = key.partition(".")
    inside, head = False, 1
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[(.+?)\]", line):
            inside = match[1] == section
            head = number if inside else head
        elif inside and re.match(rf"\s*{re.escape(name)}\s*=", line):
            return number
    return head


def read(path: Path) -> Profile:
    """Read and check one profile file; raises ProfileError naming the line."""
    text = path.read_text(encoding="utf-8")
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path.name}: {error}") from error
    values = {f"{s}.{k}": v for s, part in tree.items() if isinstance(part, dict) for k, v in part.items()}
    for key, (right, wanted) in CHECKS.items():
        line = _line_of(text, key)
        if key not in values:
            raise ProfileError(f"{path.name}, line {line}: {key} is missing; it must be {wanted}")
        if not right(values[key]):
            raise ProfileError(f"{path.name}, line {line}: {key} = {values[key]!r} is not {wanted}")
    return Profile(path.stem, values)


@lru_cache(maxsize=8)
def profile(kind: str) -> Profile:
    """The profile of a school kind, by its file name under `policy/profiles/`."""
    path = HERE / f"{kind}.toml"
    if path.parent != HERE or not path.is_file():
        raise ProfileError(f"no profile is called {kind!r}; there are: {', '.join(kinds())}")
    return read(path)


def kinds() -> tuple[str, ...]:
    """The school kinds that have a profile."""
    return tuple(sorted(p.stem for p in HERE.glob("*.toml")))
