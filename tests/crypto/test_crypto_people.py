"""What passes through people's hands: secrets in memory, shares of custodians, sheets and codes that are typed."""

import copy
import itertools
import json
import logging
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrosa.crypto import base32, signing, wrapping
from subrosa.crypto.errors import BadShare, CannotOpen, Malformed
from subrosa.crypto.passphrase import code_hash, new_activation_code, new_recovery_code, normalise_code
from subrosa.crypto.secret import Secret
from subrosa.crypto.splitting import (
    Share,
    check_shares,
    from_sheet,
    join,
    pack_share,
    share_hash,
    sheet_text,
    split,
    unpack_share,
)

SECRET = b"what nobody may read"
codes = st.sampled_from([27, 16]).flatmap(lambda n: st.text(base32.ALPHABET, min_size=n, max_size=n))
calm = settings(max_examples=60, deadline=None)


def test_a_secret_shows_itself_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    held = Secret(SECRET)
    logging.getLogger("test").error("%s %r", held, [held])
    shown = [str(held), repr(held), f"{held}", f"{held:>40}", f"{held!r}", repr({"x": held}), "%s" % held, caplog.text]  # noqa: UP031  every way to print
    pair = wrapping.new_pair()
    share = Share(1, held)
    shown += [repr(share), repr(pair).split("public")[0], repr(signing.new_signing_pair().private)]
    for text in shown:
        assert "nobody" not in text
        assert "…" in text
    assert held.bytes() == SECRET


def test_a_secret_leaves_memory_by_one_door_only() -> None:
    held = Secret(SECRET)
    doors: list[Callable[..., object]] = [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, bytes, hash, list, vars]
    for leave in doors:
        with pytest.raises(TypeError):
            leave(held)
    with pytest.raises(AttributeError):
        held._held = b""
    with pytest.raises(TypeError):
        Secret("text")  # type: ignore[arg-type]  # refusing it is the point


def test_secrets_compare_with_secrets_only() -> None:
    assert Secret(SECRET) == Secret(SECRET)
    assert Secret(SECRET) != Secret(SECRET + b".")
    assert Secret(SECRET) != SECRET
    assert len(Secret.random().bytes()) == 32
    assert Secret.random() != Secret.random()


@st.composite
def splits(draw: st.DrawFn) -> tuple[bytes, int, int]:
    n = draw(st.integers(2, 6))
    return draw(st.binary(min_size=1, max_size=40)), draw(st.integers(2, n)), n


@calm
@given(splits())
def test_every_k_join_and_no_fewer(case: tuple[bytes, int, int]) -> None:
    held, k, n = case
    shares = split(Secret(held), k, n)
    assert [share.index for share in shares] == list(range(1, n + 1))
    for chosen in itertools.permutations(shares, k) if n < 5 else itertools.combinations(shares, k):
        assert join(chosen) == Secret(held)
    assert join(shares) == Secret(held)
    for chosen in itertools.combinations(shares, k - 1):
        with pytest.raises(CannotOpen):
            join(chosen)


def test_fewer_than_k_shares_say_nothing() -> None:
    """Over many splits of one byte, a single share takes every value about equally often, whatever the secret is."""
    for held in (b"\x00", b"\xff"):
        seen = [split(Secret(held), 2, 2)[0].value.bytes()[0] for _ in range(6000)]
        counts = [seen.count(value) for value in range(256)]
        chi_square = sum((count - 6000 / 256) ** 2 for count in counts) * 256 / 6000
        assert chi_square < 420  # 255 degrees of freedom: once in 10^10 by chance


@calm
@given(splits(), st.data())
def test_a_wrong_share_is_noticed_and_named(case: tuple[bytes, int, int], data: st.DataObject) -> None:
    held, k, n = case
    shares = list(split(Secret(held), k, n))
    hashes = {share.index: share_hash(share, b"case 5") for share in shares}
    check_shares(shares, hashes, b"case 5")
    at = data.draw(st.integers(0, k - 1))
    value = bytearray(shares[at].value.bytes())
    value[data.draw(st.integers(0, len(value) - 1))] ^= data.draw(st.integers(1, 255))
    shares[at] = Share(at + 1, Secret(bytes(value)))
    with pytest.raises(CannotOpen):
        join(shares[:k])
    with pytest.raises(BadShare) as named:
        check_shares(shares, hashes, b"case 5")
    assert named.value.index == at + 1


def test_a_share_of_another_case_or_seat_is_named() -> None:
    shares = split(Secret(SECRET), 2, 3)
    hashes = {share.index: share_hash(share, b"case 5") for share in shares}
    with pytest.raises(BadShare):
        check_shares(shares, hashes, b"case 6")
    for stranger in (Share(2, shares[0].value), Share(4, shares[0].value)):
        with pytest.raises(BadShare) as named:
            check_shares([shares[0], stranger], hashes, b"case 5")
        assert named.value.index == stranger.index
    for wrong in (shares[0], Share(0, shares[1].value), Share(256, shares[1].value), Share(9, Secret(b"short"))):
        with pytest.raises(BadShare) as named:
            join([shares[0], wrong])
        assert named.value.index == wrong.index
    with pytest.raises(CannotOpen):
        join([])


@pytest.mark.parametrize(("k", "n"), [(1, 3), (0, 0), (4, 3), (2, 256)])
def test_a_split_that_protects_nothing_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="two or more"):
        split(Secret(SECRET), k, n)


def test_a_share_packs_and_unpacks() -> None:
    share = split(Secret(SECRET), 2, 3)[2]
    assert unpack_share(pack_share(share)) == share
    packed = pack_share(share).bytes()
    for wrong in (b"", packed[:10], b"\x02" + packed[1:], b"\x01\x00" + packed[2:]):
        with pytest.raises(Malformed):
            unpack_share(Secret(wrong))


@calm
@given(st.binary(min_size=32, max_size=32), st.data())
def test_a_sheet_reads_back_and_a_typo_is_noticed(seed: bytes, data: st.DataObject) -> None:
    private = Secret(b"\x01" + seed)
    text = sheet_text(private)
    assert [len(line.split("-")) for line in text.splitlines()] == [4, 4, 4, 4]
    assert from_sheet(text) == private
    assert from_sheet(text.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == private
    assert from_sheet("".join(chr(ord(c) + 0xFEE0) if c.isalnum() else "　" for c in text)) == private  # wide letters
    letters = base32.tidy(text)
    at = data.draw(st.integers(0, 63))
    typo = data.draw(st.sampled_from(base32.ALPHABET).filter(lambda letter: letter != letters[at]))
    wrong = [letters[:at] + typo + letters[at + 1 :], letters[:at] + letters[at + 1 :], letters + "0"]
    if at < 63 and letters[at] != letters[at + 1]:
        wrong.append(letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :])
    for typed in wrong:
        with pytest.raises(Malformed):
            from_sheet(typed)


def test_only_private_halves_are_printed() -> None:
    assert from_sheet(sheet_text(wrapping.new_pair().private))
    for wrong in (b"", bytes(33), b"\x01" + bytes(31)):
        with pytest.raises(ValueError, match="private half"):
            sheet_text(Secret(wrong))


@calm
@given(codes, st.data())
def test_a_code_reads_back_and_a_typo_or_swap_is_noticed(drawn: str, data: st.DataObject) -> None:
    letters = drawn + base32.check_letter(drawn)
    code = base32.grouped(letters)
    assert normalise_code(letters) == normalise_code(code) == letters
    assert code_hash(code.lower().replace("-", " ").replace("0", "o").replace("1", "i")) == code_hash(letters)
    at, other = data.draw(st.lists(st.integers(0, len(letters) - 1), min_size=2, max_size=2, unique=True))
    typo = data.draw(st.sampled_from(base32.ALPHABET).filter(lambda letter: letter != letters[at]))
    swapped = list(letters)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    wrong = [letters[:at] + typo + letters[at + 1 :], letters[:-1], letters + "0", "", "U" + letters[1:]]
    for typed in wrong + ["".join(swapped)] * (letters[at] != letters[other]):
        with pytest.raises(Malformed):
            code_hash(typed)


def test_codes_are_long_enough_and_new() -> None:
    recovery, activation = normalise_code(new_recovery_code()), normalise_code(new_activation_code())
    assert (len(recovery) - 1) * 5 >= 128
    assert (len(activation) - 1) * 5 >= 80
    assert len({new_activation_code() for _ in range(200)}) == 200
    assert len({code_hash(recovery), code_hash(activation)}) == 2
    assert [len(group) for group in new_activation_code().split("-")] == [4, 4, 4, 5]
    assert [len(group) for group in new_recovery_code().split("-")] == [4] * 7


@calm
@given(st.binary(max_size=40).filter(lambda data: len(data) % 5 == 0))
def test_letters_for_bytes_are_one_to_one(data: bytes) -> None:
    assert base32.decode(base32.encode(data)) == data


def test_what_base32_does_not_take() -> None:
    with pytest.raises(ValueError, match="multiples"):
        base32.encode(b"1")
    for letters in ("", "0" * 31):
        with pytest.raises(ValueError, match="1 to 30"):
            base32.check_letter(letters)
