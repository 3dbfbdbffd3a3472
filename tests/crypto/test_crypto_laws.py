"""What holds for every text, key and place: sealing, wrapping, locking, signing (Hypothesis looks for exceptions)."""

import dataclasses
import unicodedata
from uuid import UUID

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from subrosa.crypto import aead, passphrase, signing, wrapping
from subrosa.crypto.bound import Bound, Scope
from subrosa.crypto.encoding import canon
from subrosa.crypto.envelope import open_sealed, seal, sealed_key_id
from subrosa.crypto.errors import BadSignature, CannotOpen, Malformed
from subrosa.crypto.keys import derive, key_id, mark, new_root, scope_key
from subrosa.crypto.padding import LEAST, pad, padme, unpad
from subrosa.crypto.passphrase import TEST, Cost, lock, locked_cost, unlock
from subrosa.crypto.secret import Secret

KEY, OTHER = Secret(b"k" * 32), Secret(b"o" * 32)
PAIR, ANOTHER = wrapping.new_pair(), wrapping.new_pair()
SIGNER = signing.new_signing_pair()
texts = st.binary(max_size=700)
u32 = st.integers(0, 2**32 - 1)
u64 = st.integers(0, 2**64 - 1)
scopes = st.sampled_from(Scope)
bounds = st.builds(Bound, u64, u32, st.uuids(), scopes, u32, u32)
infos = st.builds(wrapping.WrapInfo, u64, st.uuids(), u32, scopes, st.just(wrapping.holder_id(PAIR.public)))
some = settings(max_examples=60, deadline=None)
few = settings(max_examples=25, deadline=None)


def flip(data: bytes, bit: int) -> bytes:
    at, place = divmod(bit, 8)
    return data[:at] + bytes([data[at] ^ 1 << place]) + data[at + 1 :]


@st.composite
def two_bounds(draw: st.DrawFn) -> tuple[Bound, Bound]:
    """A place and one that differs in exactly one datum."""
    one, other = draw(bounds), draw(bounds)
    name = draw(st.sampled_from([field.name for field in dataclasses.fields(Bound)]))
    assume(getattr(one, name) != getattr(other, name))
    return one, dataclasses.replace(one, **{name: getattr(other, name)})


@some
@given(texts, bounds)
def test_what_is_sealed_opens(plain: bytes, bound: Bound) -> None:
    assert open_sealed(KEY, seal(KEY, plain, bound), bound) == plain


@some
@given(texts, two_bounds())
def test_what_is_moved_does_not_open(plain: bytes, places: tuple[Bound, Bound]) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(KEY, seal(KEY, plain, places[0]), places[1])


def test_no_flipped_bit_opens() -> None:
    """Every single bit of a short ciphertext, not a sample."""
    bound = Bound(1, 0, UUID(int=5), Scope.FILE)
    sealed = seal(KEY, b"short", bound)
    for bit in range(8 * len(sealed)):
        with pytest.raises(CannotOpen):
            open_sealed(KEY, flip(sealed, bit), bound)


@some
@given(texts, bounds, st.data())
def test_a_flipped_bit_or_a_cut_does_not_open(plain: bytes, bound: Bound, data: st.DataObject) -> None:
    sealed = seal(KEY, plain, bound)
    with pytest.raises(CannotOpen):
        open_sealed(KEY, flip(sealed, data.draw(st.integers(0, 8 * len(sealed) - 1))), bound)
    with pytest.raises(CannotOpen):
        open_sealed(KEY, sealed[: data.draw(st.integers(0, len(sealed) - 1))], bound)
    with pytest.raises(CannotOpen):
        open_sealed(KEY, sealed + b"\0", bound)


@some
@given(st.binary(max_size=400), bounds)
@example(b"\x01" + bytes(36), Bound(0, 0, UUID(int=0), Scope.ROOT))
def test_bytes_from_anywhere_never_open_and_never_crash(junk: bytes, bound: Bound) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(KEY, junk, bound)
    with pytest.raises(CannotOpen):
        wrapping.open_with(PAIR.private, junk, bound)
    with pytest.raises(CannotOpen):
        unlock(junk, "x", pepper=KEY, bound=bound)
    with pytest.raises(BadSignature):
        signing.check(SIGNER.public, junk, "x")


@some
@given(texts, bounds)
def test_parsing_and_printing_gives_the_same_bytes(plain: bytes, bound: Bound) -> None:
    sealed = seal(KEY, plain, bound)
    assert aead.Sealed.parse(sealed).printed() == sealed
    assert sealed_key_id(sealed) == key_id(KEY)
    assert len(bound.encoded()) == 37


def test_two_seals_of_one_text_differ() -> None:
    bound = Bound(1, 0, UUID(int=5), Scope.FILE)
    assert seal(KEY, b"same", bound) != seal(KEY, b"same", bound)
    with pytest.raises(CannotOpen):
        open_sealed(OTHER, seal(KEY, b"same", bound), bound)


def test_a_key_of_the_same_id_still_has_to_be_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The id is a name, not the lock."""
    bound = Bound(1, 0, UUID(int=5), Scope.FILE)
    monkeypatch.setattr(aead, "key_id", lambda key: bytes(8))
    with pytest.raises(CannotOpen):
        open_sealed(OTHER, seal(KEY, b"same", bound), bound)


def test_a_ciphertext_that_names_another_key_is_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """GCM-SIV does not commit to its key: the id must be compared before, or one text could open under two keys."""
    bound = Bound(1, 0, UUID(int=5), Scope.FILE)
    sealed = seal(KEY, b"same", bound)
    monkeypatch.setattr(aead, "AESGCMSIV", None)
    with pytest.raises(CannotOpen):
        open_sealed(OTHER, sealed, bound)


@pytest.mark.parametrize("wrong", [{"school": -1}, {"field": 2**32}, {"generation": 2**32}, {"revision": -1}])
def test_a_number_that_does_not_fit_is_refused(wrong: dict[str, int]) -> None:
    bound = dataclasses.replace(Bound(1, 0, UUID(int=5), Scope.FILE), **wrong)  # type: ignore[arg-type]  # ints
    with pytest.raises(ValueError, match="out of range"):
        seal(KEY, b"", bound)


@some
@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_two_lists_never_have_one_encoding(one: list[bytes], two: list[bytes]) -> None:
    assert (canon("x", *one) == canon("x", *two)) == (one == two)


@some
@given(st.binary(max_size=3000), st.integers(0, 4000))
def test_padding_comes_off_and_is_the_only_one(plain: bytes, least: int) -> None:
    padded = pad(plain, least)
    assert unpad(padded) == plain
    assert len(padded) >= max(LEAST, least)
    for other in (padded + b"\0", padded[:-1], plain, plain + b"\x80"):
        if len(other) < LEAST or padme(len(other)) != len(other):
            with pytest.raises(Malformed):
                unpad(other)


@some
@given(st.integers(2, 10**12))
def test_padme_is_a_bucket_of_at_most_twelve_percent(length: int) -> None:
    bucket = padme(length)
    assert length <= bucket <= length * 1.12 + 1
    assert padme(bucket) == bucket


@pytest.mark.parametrize("padded", [b"a" * 256, bytes(256), b"\x80" + bytes(254) + b"\x01", b"\x80" + bytes(127), b""])
def test_what_was_never_padded_is_refused(padded: bytes) -> None:
    with pytest.raises(Malformed):
        unpad(padded)


def test_a_stored_length_shows_only_the_bucket() -> None:
    """All short notes are one size; below 100,000 bytes there are less than 300 sizes; buckets double in 16 to 32."""
    bound = Bound(1, 0, UUID(int=5), Scope.FILE)
    assert {len(seal(KEY, b"x" * n, bound)) for n in range(0, 256, 5)} == {aead.OVERHEAD + LEAST}
    sizes = {len(pad(b"x" * n)) for n in range(0, 100_000, 7)}
    assert sizes == {padme(size) for size in range(LEAST, 100_001)}
    assert len(sizes) < 300
    assert len(pad(b"a", 5000)) == len(pad(b"a" * 4999, 5000)) == padme(5000)


@few
@given(st.binary(min_size=1, max_size=255), infos)
def test_what_is_wrapped_unwraps_only_with_its_info(key: bytes, info: wrapping.WrapInfo) -> None:
    wrapped = wrapping.wrap(PAIR.public, Secret(key), info)
    assert wrapping.unwrap(PAIR.private, wrapped, info) == Secret(key)
    assert wrapping.wrapped_holder(wrapped) == info.holder == wrapping.holder_id(PAIR.public)
    for change in ({"school": info.school ^ 1}, {"generation": info.generation ^ 1}, {"holder": bytes(16)}):
        with pytest.raises(CannotOpen):
            wrapping.unwrap(PAIR.private, wrapped, dataclasses.replace(info, **change))
    with pytest.raises(CannotOpen):
        wrapping.unwrap(ANOTHER.private, wrapped, info)


@few
@given(texts, two_bounds(), st.data())
def test_what_is_sealed_to_a_public_half(plain: bytes, places: tuple[Bound, Bound], data: st.DataObject) -> None:
    sealed = wrapping.seal_to(PAIR.public, plain, places[0])
    assert wrapping.open_with(PAIR.private, sealed, places[0]) == plain
    assert len(sealed) == 17 + wrapping.ENC_SIZE + len(pad(plain)) + wrapping.TAG_SIZE
    with pytest.raises(CannotOpen):
        wrapping.open_with(PAIR.private, sealed, places[1])
    with pytest.raises(CannotOpen):
        wrapping.open_with(ANOTHER.private, sealed, places[0])
    with pytest.raises(CannotOpen):
        wrapping.open_with(PAIR.private, flip(sealed, data.draw(st.integers(0, 8 * len(sealed) - 1))), places[0])


def test_every_flipped_byte_of_a_wrapped_key_is_noticed() -> None:
    """ML-KEM rejects silently, and X25519 ignores the top bit of a point: the box on top must notice both."""
    info = wrapping.WrapInfo(1, UUID(int=2), 1, Scope.ROOT, wrapping.holder_id(PAIR.public))
    wrapped = wrapping.wrap(PAIR.public, KEY, info)
    for at in range(len(wrapped)):
        with pytest.raises(CannotOpen):
            wrapping.unwrap(PAIR.private, flip(wrapped, 8 * at + 7), info)


def test_halves_that_are_none_are_refused() -> None:
    info = wrapping.WrapInfo(1, UUID(int=2), 1, Scope.ROOT, wrapping.holder_id(PAIR.public))
    with pytest.raises(ValueError, match="another holder"):
        wrapping.wrap(ANOTHER.public, KEY, info)
    with pytest.raises(ValueError, match="1 to 255"):
        wrapping.wrap(PAIR.public, Secret(b""), info)
    bound = Bound(1, 0, UUID(int=5), Scope.FILE)
    low_order = PAIR.public[:1185] + bytes(32)
    for public in (b"", PAIR.public[:-1], b"\x02" + PAIR.public[1:], b"\x01" + b"\xff" * 1216, low_order):
        with pytest.raises(Malformed):
            wrapping.seal_to(public, b"", bound)
    sealed = wrapping.seal_to(PAIR.public, b"", bound, least=5000)
    assert len(sealed) == 17 + wrapping.ENC_SIZE + padme(5000) + wrapping.TAG_SIZE
    for short in (b"", sealed[:17], sealed[: 17 + wrapping.ENC_SIZE + wrapping.TAG_SIZE - 1]):
        with pytest.raises(Malformed):
            wrapping.wrapped_holder(short)
    for private in (b"", b"\x02" + bytes(32), bytes(33)):
        with pytest.raises(Malformed):
            wrapping.public_of(Secret(private))
        with pytest.raises(Malformed):
            signing.verifying_half(Secret(private))


@few
@given(st.text(max_size=9), st.lists(st.binary(max_size=9), max_size=3), st.data())
def test_a_signature_holds_for_its_purpose_and_parts_only(
    purpose: str, parts: list[bytes], data: st.DataObject
) -> None:
    signature = signing.sign(SIGNER.private, purpose, *parts)
    signing.check(SIGNER.public, signature, purpose, *parts)
    for other, pieces in ((purpose + "x", parts), (purpose, [*parts, b""]), ("", [purpose.encode(), *parts])):
        with pytest.raises(BadSignature):
            signing.check(SIGNER.public, signature, other, *pieces)
    bit = data.draw(st.integers(0, 8 * len(signature) - 1))
    with pytest.raises(BadSignature):
        signing.check(SIGNER.public, flip(signature, bit), purpose, *parts)
    with pytest.raises(BadSignature):
        signing.check(signing.new_signing_pair().public, signature, purpose, *parts)


@few
@given(st.binary(max_size=300), st.text(min_size=1, max_size=20), bounds)
def test_what_is_locked_unlocks_in_every_spelling(secret: bytes, phrase: str, bound: Bound) -> None:
    assume(not any("\ud800" <= letter <= "\udfff" for letter in phrase))
    locked = lock(secret, phrase, pepper=KEY, bound=bound, cost=TEST)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        typed = unicodedata.normalize(form, phrase)
        assert unlock(locked, typed, pepper=KEY, bound=bound) == Secret(secret)
    for wrong, pepper in ((phrase + "x", KEY), (phrase, OTHER)):
        with pytest.raises(CannotOpen):
            unlock(locked, wrong, pepper=pepper, bound=bound)


@few
@given(two_bounds(), st.data())
def test_a_lock_altered_or_moved_does_not_open(places: tuple[Bound, Bound], data: st.DataObject) -> None:
    locked = lock(b"half", "phrase", pepper=KEY, bound=places[0], cost=TEST)
    with pytest.raises(CannotOpen):
        unlock(locked, "phrase", pepper=KEY, bound=places[1])
    with pytest.raises(CannotOpen):
        unlock(flip(locked, data.draw(st.integers(0, 8 * len(locked) - 1))), "phrase", pepper=KEY, bound=places[0])


def test_a_database_copy_alone_permits_no_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the server key (or with a touched header) the slow hash is not even run: there is nothing to compare."""
    bound = Bound(1, 0, UUID(int=5), Scope.LOCKED)
    locked = lock(b"half", "phrase", pepper=KEY, bound=bound, cost=TEST)
    runs: list[Cost] = []
    monkeypatch.setattr(passphrase, "_stretch", lambda typed, salt, cost: runs.append(cost))
    with pytest.raises(CannotOpen):
        unlock(locked, "phrase", pepper=OTHER, bound=bound)
    dearer = locked[:1] + (200 * 1024).to_bytes(4, "big") + locked[5:]
    assert locked_cost(dearer).memory_kib == 200 * 1024
    with pytest.raises(CannotOpen):
        unlock(dearer, "phrase", pepper=KEY, bound=bound)
    assert runs == []


def test_the_default_cost_once() -> None:
    bound = Bound(1, 0, UUID(int=5), Scope.LOCKED)
    locked = lock(b"half", "phrase", pepper=KEY, bound=bound)
    assert locked_cost(locked).memory_kib >= 64 * 1024
    assert unlock(locked, "phrase", pepper=KEY, bound=bound) == Secret(b"half")
    with pytest.raises(ValueError, match="empty"):
        lock(b"half", "", pepper=KEY, bound=bound)


@pytest.mark.parametrize(
    "wrong", [(1023, 1, 1), (262_145, 1, 1), (1024, 0, 1), (1024, 11, 1), (1024, 1, 0), (1024, 1, 9)]
)
def test_a_cost_out_of_bounds_is_refused_before_it_costs(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        Cost(*wrong)


@some
@given(scopes.filter(lambda scope: scope is not Scope.ROOT), u64, st.uuids(), u32)
def test_every_datum_makes_another_scope_key(scope: Scope, school: int, keyring: UUID, generation: int) -> None:
    made = scope_key(KEY, scope, school, keyring, generation)
    neighbour = Scope.FILE if scope is not Scope.FILE else Scope.SHARED
    others = [
        scope_key(OTHER, scope, school, keyring, generation),
        scope_key(KEY, neighbour, school, keyring, generation),
        scope_key(KEY, scope, school ^ 1, keyring, generation),
        scope_key(KEY, scope, school, UUID(int=keyring.int ^ 1), generation),
        scope_key(KEY, scope, school, keyring, generation ^ 1),
        derive(KEY, "scope"),
        KEY,
    ]
    assert made not in others
    assert made == scope_key(KEY, scope, school, keyring, generation)


def test_marks_and_ids_name_without_showing() -> None:
    assert mark(KEY, b"ab", b"c") == mark(KEY, b"ab", b"c")
    assert len({mark(KEY, b"ab", b"c"), mark(KEY, b"a", b"bc"), mark(KEY, b"abc"), mark(OTHER, b"ab", b"c")}) == 4
    ids = {key_id(new_root()) for _ in range(100)}
    assert {len(name) for name in ids} == {8}
    assert len(ids) == 100
