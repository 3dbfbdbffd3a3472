"""A second reader, written from FORMAT.md alone: it shares no line with the package, so it shows that the page is true.

Only opening, only the happy road: anything unexpected is an assertion or the library's own error.
"""

import hashlib
import hmac
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

HPKE_SUITE = b"HPKE" + bytes.fromhex("647a00010002")


def canon(label: bytes, *parts: bytes) -> bytes:
    out = b""
    for item in (b"subrosa/1/" + label, *parts):
        out += len(item).to_bytes(4, "big") + item
    return out


def bound(*, school: int, field: int, row: str, scope: int, generation: int, revision: int) -> bytes:
    sizes = [(school, 8), (field, 4), (UUID(row).int, 16), (scope, 1), (generation, 4), (revision, 4)]
    return b"".join(number.to_bytes(size, "big") for number, size in sizes)


def unpad(padded: bytes) -> bytes:
    text = padded[: padded.rindex(b"\x80")]
    assert not padded[len(text) + 1 :].strip(b"\0")
    return text


def open_aead(key: bytes, sealed: bytes, context: bytes) -> bytes:
    head, nonce, body = sealed[:9], sealed[9:21], sealed[21:]
    assert head == b"\x01" + hashlib.sha256(canon(b"key-id", key)).digest()[:8]
    return AESGCMSIV(key).decrypt(nonce, body, canon(b"aead", head, context))


def open_text(key: bytes, sealed: bytes, place: bytes) -> bytes:
    return unpad(open_aead(key, sealed, canon(b"text", place)))


def expand(prk: bytes, info: bytes, length: int) -> bytes:
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(prk, block + info + bytes([count]), "sha256")
        out, count = out + block, count + 1
    return out[:length]


def scope_key(root: bytes, scope: int, school: int, keyring: str, generation: int) -> bytes:
    numbers = bytes([scope]), school.to_bytes(8, "big"), UUID(keyring).bytes, generation.to_bytes(4, "big")
    return expand(hmac.digest(bytes(32), root, "sha256"), canon(b"scope", *numbers), 32)


def derived(key: bytes, label: bytes) -> bytes:
    return expand(hmac.digest(bytes(32), key, "sha256"), canon(b"derive", label), 32)


def halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey, bytes]:
    assert private[:1] == b"\x01"
    assert len(private) == 33
    seeds = hashlib.shake_256(private[1:]).digest(96)
    lattice, curve = MLKEM768PrivateKey.from_seed_bytes(seeds[:64]), X25519PrivateKey.from_private_bytes(seeds[64:])
    public = b"\x01" + lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return lattice, curve, public


def decapsulate(private: bytes, enc: bytes) -> bytes:
    lattice, curve, public = halves(private)
    one = lattice.decapsulate(enc[:1088])
    two = curve.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    return hashlib.sha3_256(one + two + enc[1088:] + public[1185:] + bytes.fromhex("5c2e2f2f5e5c")).digest()


def hpke_open(private: bytes, wrapped: bytes, info: bytes) -> bytes:
    """RFC 9180 §5.1 and §5.2, base mode, by hand."""
    enc, body = wrapped[17:1137], wrapped[1137:]

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + HPKE_SUITE + label + ikm, "sha256")

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(decapsulate(private, enc), b"secret", b"")

    def labeled(label: bytes, length: int) -> bytes:
        return expand(secret, length.to_bytes(2, "big") + b"HPKE-v1" + HPKE_SUITE + label + context, length)

    return AESGCM(labeled(b"key", 32)).decrypt(labeled(b"base_nonce", 12), body, b"")


def holder(private: bytes) -> bytes:
    return hashlib.sha256(canon(b"holder", halves(private)[2])).digest()[:16]


def unwrap(private: bytes, wrapped: bytes, numbers: bytes) -> bytes:
    """`numbers`: school, keyring, generation, scope as §5 orders them (29 bytes)."""
    assert wrapped[1:17] == holder(private)
    return hpke_open(private, wrapped, canon(b"wrap", b"\x01", numbers, holder(private)))


def open_text_to(private: bytes, sealed: bytes, place: bytes) -> bytes:
    return unpad(hpke_open(private, sealed, canon(b"text-to", b"\x01", place, holder(private))))


def unlock(locked: bytes, passphrase: bytes, server_key: bytes, place: bytes) -> bytes:
    """`passphrase` already NFKC and UTF-8."""
    header, outer = locked[:23], locked[23:]
    memory, passes, lanes, salt = int.from_bytes(header[1:5], "big"), header[5], header[6], header[7:]
    inner = open_aead(derived(server_key, b"lock"), outer, canon(b"lock-outer", header, place))
    key = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(passphrase)
    return unpad(open_aead(key, inner, canon(b"lock-inner", header, place)))


def join(shares: dict[int, bytes]) -> bytes:
    """Lagrange at 0 with slow multiplication and inversion by power, no tables."""

    def times(a: int, b: int) -> int:
        out = 0
        while b:
            out ^= a if b & 1 else 0
            a, b = (a << 1) ^ (0x11B if a & 128 else 0), b >> 1
        return out

    def inverse(a: int) -> int:
        out = 1
        for _ in range(254):
            out = times(out, a)
        return out

    whole = bytearray(len(next(iter(shares.values()))))
    for i, value in shares.items():
        weight = 1
        for j in shares:
            weight = times(weight, times(j, inverse(i ^ j))) if j != i else weight
        whole = bytearray(w ^ times(weight, v) for w, v in zip(whole, value, strict=True))
    secret, tail = bytes(whole[:-8]), bytes(whole[-8:])
    assert tail == hashlib.sha256(canon(b"split", secret)).digest()[:8]
    return secret


def file_key(key: bytes, place: bytes) -> bytes:
    return expand(hmac.digest(bytes(32), key, "sha256"), canon(b"file", place), 32)


def seal_piece(key: bytes, number: int, plain: bytes, salt: bytes, last: bool) -> bytes:
    head = b"\x01" + hashlib.sha256(canon(b"key-id", key)).digest()[:8] + salt
    piece_key = expand(hmac.digest(bytes(32), key, "sha256"), canon(b"piece", head), 32)
    if last:
        plain += b"\x80"
        plain += bytes(-len(plain) % 65536)
    out = head
    for at in range(0, len(plain), 65536):
        is_last = last and at + 65536 == len(plain)
        nonce = bytes(7) + (number * 8 + at // 65536).to_bytes(4, "big") + bytes([is_last])
        out += AESGCM(piece_key).encrypt(nonce, plain[at : at + 65536], canon(b"aead", head, canon(b"chunk")))
    return out


def open_file(key: bytes, pieces: bytes) -> bytes:
    """A whole sealed file, its pieces one after the other."""
    out, number, last = b"", 0, False
    while pieces:
        assert not last, "nothing follows the last chunk"
        head, pieces = pieces[:25], pieces[25:]
        assert head[:9] == b"\x01" + hashlib.sha256(canon(b"key-id", key)).digest()[:8]
        piece_key = expand(hmac.digest(bytes(32), key, "sha256"), canon(b"piece", head), 32)
        for _ in range(8):
            if not pieces:
                break
            chunk, pieces = pieces[:65552], pieces[65552:]
            last = len(pieces) == 0
            nonce = bytes(7) + number.to_bytes(4, "big") + bytes([last])
            out += AESGCM(piece_key).decrypt(nonce, chunk, canon(b"aead", head, canon(b"chunk")))
            number += 1
    assert last
    return unpad(out)
