"""The canonical bytes of an entry: one entry, one encoding, and no byte can change unseen."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrosa.ledger.entry import BadEntry, Entry, encode, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
PARTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1f"), min_size=1, max_size=12))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))
ENTRIES = st.builds(
    Entry,
    id=st.uuids(),
    school=st.integers(1, 2**63 - 1),
    at=TIMES,
    act=TEXT,
    outcome=TEXT,
    actor_kind=TEXT,
    actor=st.none() | st.uuids(),
    about=TEXT,
    client=st.none() | st.uuids(),
    case=st.none() | st.uuids(),
    clauses=PARTS.map(tuple),
    missing=PARTS.map(tuple),
    within=TEXT,
    digest=st.binary(max_size=32),
)
ONE = Entry(
    id=uuid.UUID(int=1),
    school=7,
    at=datetime(2026, 3, 2, 2, 0, 0, 5, tzinfo=UTC),
    act="sign_code",
    outcome="done",
    actor_kind="staff",
    actor=uuid.UUID(int=2),
    about="standing.CodeVersion:00000000-0000-0000-0000-000000000003",
    client=None,
    case=None,
    clauses=("ETH-01", "MGMT-01"),
    missing=(),
    within="",
    digest=b"",
)


@given(ENTRIES)
def test_reading_gives_back_what_was_written(entry: Entry) -> None:
    assert parse(encode(entry)) == entry


@given(ENTRIES)
def test_parse_then_print_is_the_same_bytes(entry: Entry) -> None:
    data = encode(entry)
    assert encode(parse(data)) == data


@settings(max_examples=300)
@given(ENTRIES, st.data())
def test_a_changed_byte_is_no_entry_or_another_one(entry: Entry, data: st.DataObject) -> None:
    good = encode(entry)
    place = data.draw(st.integers(0, len(good) - 1))
    flip = data.draw(st.integers(1, 255))
    bad = good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :]
    try:
        read = parse(bad)
    except BadEntry:
        return
    assert read != entry and encode(read) == bad


def test_every_bit_of_one_entry() -> None:
    good = encode(ONE)
    for place in range(len(good)):
        for bit in range(8):
            bad = bytearray(good)
            bad[place] ^= 1 << bit
            try:
                assert parse(bytes(bad)) != ONE
            except BadEntry:
                continue


@given(ENTRIES, st.data())
def test_cut_or_lengthened_is_refused(entry: Entry, data: st.DataObject) -> None:
    good = encode(entry)
    for bad in (good[: data.draw(st.integers(0, len(good) - 1))], good + data.draw(st.binary(min_size=1, max_size=8))):
        with pytest.raises(BadEntry):
            parse(bad)


@given(st.binary(max_size=200))
def test_noise_is_refused_and_nothing_else_happens(noise: bytes) -> None:
    with pytest.raises(BadEntry):
        parse(b"\x01" + noise)


@given(ENTRIES, ENTRIES)
def test_two_entries_have_two_encodings(one: Entry, other: Entry) -> None:
    assert (encode(one) == encode(other)) == (one == other)


def test_the_zone_in_which_a_time_was_written_does_not_matter() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert encode(replace(ONE, at=ONE.at.astimezone(shanghai))) == encode(ONE)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadEntry, match="zone"):
        encode(replace(ONE, at=datetime(2026, 3, 2, 2, 0)))


@pytest.mark.parametrize("parts", [("",), ("a", ""), ("a\x1fb",)])
def test_a_list_that_would_read_back_as_another_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(BadEntry):
        encode(replace(ONE, missing=parts))
    with pytest.raises(BadEntry):
        encode(replace(ONE, clauses=parts))


def _with(place: int, part: bytes) -> bytes:
    data, parts = encode(ONE)[1:], []
    while data:
        size = int.from_bytes(data[:4], "big")
        parts.append(data[4 : 4 + size])
        data = data[4 + size :]
    parts[place] = part
    return b"\x01" + b"".join(len(p).to_bytes(4, "big") + p for p in parts)


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (0, b"\0" * 15),
        (0, b""),
        (1, b"07"),
        (1, b"+7"),
        (1, b" 7"),
        (1, "７".encode()),
        (2, b"2026-03-02T02:00:00Z"),
        (2, b"2026-03-02T10:00:00.000005+0800"),
        (2, b"2026-3-2T02:00:00.000005Z"),
        (3, b"\xff"),
        (6, b"\0" * 17),
        (10, b"\x1f"),
        (10, b"ETH-01\x1f"),
    ],
)
def test_another_spelling_is_refused(place: int, part: bytes) -> None:
    with pytest.raises(BadEntry):
        parse(_with(place, part))


def test_the_layout_of_version_one_stands_still() -> None:
    assert encode(ONE).hex() == GOLDEN


GOLDEN = (
    "01000000100000000000000000000000000000000100000001370000001b323032362d30332d30325430323a30303a30302e"
    "3030303030355a000000097369676e5f636f646500000004646f6e6500000005737461666600000010000000000000000000"
    "00000000000002000000397374616e64696e672e436f646556657273696f6e3a30303030303030302d303030302d30303030"
    "2d303030302d30303030303030303030303300000000000000000000000e4554482d30311f4d474d542d3031000000000000"
    "000000000000"
)
