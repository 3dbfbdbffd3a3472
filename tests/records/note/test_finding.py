"""Looking for words in a text: what is found stands there, whatever its case and width, and what stands there is found."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from subrosa.records.note.finding import AROUND, AS_IDEOGRAPHS, CHANGING, IDEOGRAPHS, folded, holds, passages, wanted

SIGNS = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=80)


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("他说爸爸打他。", "爸爸", ["爸爸"]),
        ("Mother said NO, no and No.", "no", ["NO", "no", "No"]),
        ("考了ＡＢＣ１２分", "abc12", ["ＡＢＣ１２"]),
        ("他说……然后哭了", "...然后", ["…然后"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("cafe\u0301 later", "café", ["cafe\u0301"]),
        ("㎏ is one sign", "kg", ["㎏"]),
        ("㎏ is one sign", "g is", ["㎏ is"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("睡不着", "睡得着", []),
        ("", "x", []),
        ("x", "   ", []),
        ("两个 词", " 两个  词 ", ["两个 词"]),
    ],
)
def test_words(text: str, typed: str, found: list[str]) -> None:
    assert [one.found for one in passages(text, wanted(typed))] == found


def test_what_is_around_it_is_shown_and_no_more() -> None:
    text = "前" * 100 + "词" + "后" * 100
    (one,) = passages(text, "词")
    assert (one.before, one.after) == ("…" + "前" * AROUND, "后" * AROUND + "…")
    (short,) = passages("前词\n后", "词")
    assert (short.before, short.after) == ("前", " 后")


def test_no_more_than_asked() -> None:
    assert len(passages("词" * 50, "词", most=3)) == 3


def test_a_passage_says_nothing_of_itself() -> None:
    assert repr(passages("词", "词")[0]) == "…"


@given(before=SIGNS, word=SIGNS, after=SIGNS)
def test_what_stands_there_is_found(before: str, word: str, after: str) -> None:
    looked = wanted(word)
    assume(looked and looked in folded(before + word + after))
    first = passages(before + word + after, looked)[0]
    assert looked in folded(first.found)
    assert first.found in before + word + after


@given(text=SIGNS)
def test_every_way_of_writing_it_is_found(text: str) -> None:
    """A text is found in itself, typed in upper case or decomposed."""
    assume(wanted(text) and " ".join(text.split()) == text)
    for typed in (text, unicodedata.normalize("NFD", text), unicodedata.normalize("NFKC", text)):
        assert passages(text, wanted(typed)), typed


@given(text=SIGNS, word=st.text(alphabet="abcdé爸 ", min_size=1, max_size=4))
def test_nothing_is_found_that_does_not_stand_there(text: str, word: str) -> None:
    looked = wanted(word)
    assert bool(passages(text, looked)) <= (bool(looked) and looked in folded(text))


def _sign_by_sign(text: str) -> str:
    """The same by its definition: compatible signs as one, without case, each sign by itself and then the whole."""
    plain = "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", one).casefold()) for one in text)
    return unicodedata.normalize("NFKC", plain)


def test_what_is_not_looked_up_stays_what_it_is_and_ideographs_come_from_the_named_signs_only() -> None:
    """Of every sign that there is."""
    for sign in map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))):
        plain = folded(sign)
        assert CHANGING.match(sign) or plain == _sign_by_sign(sign) == sign
        assert plain == sign or AS_IDEOGRAPHS.match(sign) or not IDEOGRAPHS.search(plain), hex(ord(sign))


@given(text=SIGNS, word=st.text(alphabet="考试\u4e00\u6708a\uff0c", min_size=1, max_size=3))
def test_the_short_way_says_the_same_as_the_long_one(text: str, word: str) -> None:
    whole = f"{text}考试\u3300{text}\uff0ca\u0301\u32c0"
    assert folded(whole) == _sign_by_sign(whole)
    for one in (text, whole, whole[: len(text) + 2]):
        assert holds(one, wanted(word)) == (bool(wanted(word)) and wanted(word) in _sign_by_sign(one))
