"""At the end of all journeys: what somebody typed lies in plain nowhere, neither in the house nor in the browser."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from . import traces
from .conftest import Rooms
from .house import ROOT, House

SENTENCE = "我把安眠药藏在书包的夹层里"
SECRET = "nobody at home knows that I am here"

# What the center publishes lies in plain, in these columns and nowhere else.
PUBLISHED = {
    "school_school": ("name_zh", "name_en"),
    "appointment_room": ("name",),
    "consent_agreement": ("text_zh", "text_en", "simple_zh", "simple_en"),
    "standing_principalpage": ("text_zh", "text_en"),
    "standing_codeversion": ("change_zh", "change_en", "dropped_reason"),
    "helpline_helpline": ("name_zh", "name_en", "hours_zh", "hours_en"),
}


def published(house: House) -> set[str]:
    """Every line of what is published, and the passphrase that the demonstration prints for everybody."""
    there = "SELECT column_name::text FROM information_schema.columns WHERE table_name = %s"
    lines = {house.passphrase}
    for table, columns in PUBLISHED.items():
        for column in {name for (name,) in house.ask(there, table)} & set(columns):
            for (text,) in house.ask(f'SELECT "{column}" FROM "{table}"'):
                lines |= {line.strip() for line in (text or "").splitlines()}
    return lines


@pytest.fixture
def typed(house: House, rooms: Rooms) -> list[str]:
    """Every sentence of every journey so far, and one that is typed now, so that there is always something to look for."""
    student = rooms("student").go("/mine/")
    student.page.locator("main a[href*='/before/']").first.click()
    student.page.locator("main textarea").first.fill(f"{SENTENCE}\n{SECRET}")
    student.page.locator("main form:has(textarea) button").first.click()
    student.page.wait_for_load_state()
    assert {SENTENCE, SECRET} <= set(traces.TYPED)
    return sorted(set(traces.TYPED) - published(house))


def every_row(house: House) -> Iterator[bytes]:
    """All tables as text, read by the owner: what lies compressed in the files is unpacked here."""
    for (table,) in house.ask("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"):
        for (row,) in house.ask(f'SELECT t::text FROM "{table}" t'):
            yield row.encode()


@pytest.mark.last
def test_no_sentence_lies_anywhere(house: House, typed: list[str]) -> None:
    (name, room), *_ = house.ask(
        "SELECT s.name_zh, r.name FROM school_school s, appointment_room r WHERE r.school_id = s.id LIMIT 1"
    )
    rows = b"\n".join(every_row(house))
    assert traces.found_in(rows, [name, room]) == {name, room}, "the search sees what lies in plain"
    assert set(traces.found_below(house.data, [name])) == {name}, "as above, in the files"
    assert traces.found_in(rows, typed) == set()
    assert traces.found_below(house.data, typed) == {}
    assert traces.found_below(house.temporary, typed) == {}
    assert traces.found_in("\n".join([*house.lines, *house.errors]).encode(), typed) == set()


@pytest.mark.last
def test_the_browser_keeps_nothing(house: House, typed: list[str]) -> None:
    (profile,) = traces.BROWSER
    assert any(profile.rglob("*")), "the browser's folder is where we look"
    assert traces.found_below(profile, typed) == {}


@pytest.mark.last
def test_database_and_server_key_show_no_sentence(house: House, typed: list[str]) -> None:
    command = [sys.executable, "-m", "subrosa.cli", "dump-plain", "--data", str(house.data)]
    schools = [host for (host,) in house.ask("SELECT host FROM school_school")]
    for host in schools:
        where = {**os.environ, "TMPDIR": str(house.temporary)}  # there is the socket of its database
        shown = subprocess.run([*command, "--school", host], capture_output=True, cwd=ROOT, env=where, check=False)
        assert shown.returncode == 0, shown.stderr
        assert shown.stdout.count(b"\n") > 20
        found = traces.found_in(shown.stdout, typed)
        assert not {text for text in found if not traces.TYPED[text] & traces.PERSONAL}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=4, max_size=20), st.binary(max_size=30))
@settings(max_examples=12)
def test_every_spelling_is_found(text: str, around: bytes) -> None:
    text += SENTENCE
    plain = text.encode()
    for form in (plain, plain.hex().encode(), quote(text).encode(), ascii(text).encode()):
        assert traces.found_in(around + form + around, [text]) == {text}
    for shift in range(3):
        encoded = base64.b64encode(b"x" * shift + plain + around)
        assert traces.found_in(encoded, [text]) == {text}
    assert traces.found_in(around, [text]) == set()


def test_a_file_that_holds_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "log").write_bytes(b"\0\1" + SENTENCE.encode() + b"\n" + SECRET.encode("utf-16-le"))
    assert traces.found_below(tmp_path, [SENTENCE, "nothing of the kind here"]) == {SENTENCE: {"deep/log"}}
