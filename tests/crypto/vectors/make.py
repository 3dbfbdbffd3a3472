"""Wrote the vectors beside it, once: `python -m tests.crypto.vectors.make` from the root of the checkout.

Run it again only for a new suite: a vector that changes means that stored texts no longer open.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from subrosa.crypto import base32, envelope, filing, keys, passphrase, signing, splitting, wrapping
from subrosa.crypto.bound import Bound, Scope
from subrosa.crypto.secret import Secret

Case = dict[str, Any]
ROW = UUID("6f9619ff-8b86-4011-b42d-00c04fc964ff")
PLACE = {"school": 7, "field": 0, "row": str(ROW), "scope": 2, "generation": 3, "revision": 5}
BOUND = Bound(7, 0, ROW, Scope.FILE, 3, 5)
MOVES = [("school", 8), ("field", 1), ("row", str(UUID(int=1))), ("scope", 3), ("generation", 4), ("revision", 6)]


def fixed(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def flipped(data: bytes, at: int) -> str:
    return (data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]).hex()


def broken(op: str, good: Case, name: str, spots: dict[str, int]) -> Iterator[Case]:
    """The failures every sealed thing shares: altered at each part, cut, moved, of another suite."""
    data = bytes.fromhex(good[name])
    for what, at in spots.items():
        yield {"name": f"altered {what}", "op": op, "in": good | {name: flipped(data, at)}, "error": "CannotOpen"}
    for field, value in MOVES if "place" in good else []:
        moved = good | {"place": good["place"] | {field: value}}
        yield {"name": f"moved: {field}", "op": op, "in": moved, "error": "CannotOpen"}
    yield {"name": "cut by one", "op": op, "in": good | {name: data[:-1].hex()}, "error": "CannotOpen"}
    yield {"name": "later suite", "op": op, "in": good | {name: "02" + data[1:].hex()}, "error": "Malformed"}
    yield {"name": "empty", "op": op, "in": good | {name: ""}, "error": "Malformed"}


def envelopes() -> Iterator[Case]:
    key = Secret(fixed("key"))
    for plain in (b"", "来访者说：睡不着。".encode(), b"ends so \x80\0\0", b"x" * 255, b"x" * 256, b"x" * 1000):
        sealed = envelope.seal(key, plain, BOUND)
        good = {"key": key.bytes().hex(), "sealed": sealed.hex(), "place": PLACE}
        yield {"name": f"{len(plain)} bytes", "op": "open_sealed", "in": good, "expect": plain.hex()}
    yield from broken("open_sealed", good, "sealed", {"key id": 1, "nonce": 9, "text": 21, "tag": len(sealed) - 1})
    other = good | {"key": fixed("other").hex()}
    yield {"name": "other key", "op": "open_sealed", "in": other, "error": "CannotOpen"}


def files() -> Iterator[Case]:
    """Sealed pieces are long, so a vector keeps their SHA-256; what opens them is in the laws of files."""
    key = filing.file_key(Secret(fixed("key")), BOUND)
    yield {
        "name": "file key",
        "op": "file_key",
        "in": {"key": fixed("key").hex(), "place": PLACE},
        "expect": key.bytes().hex(),
    }
    salt = fixed("salt")[:16]
    unit = "心".encode()
    for number, size, last in ((0, 0, True), (0, 90_000, True), (3, 65_535, True), (2, filing.PIECE, False)):
        made = filing._sealed(key, number, (unit * size)[:size], salt, last=last)
        given = {"key": key.bytes().hex(), "number": number, "unit": unit.hex(), "size": size, "salt": salt.hex()}
        digest = hashlib.sha256(made).hexdigest()
        yield {"name": f"piece {number} of {size}", "op": "seal_piece", "in": given | {"last": last}, "expect": digest}


def key_cases() -> Iterator[Case]:
    root = Secret(fixed("root"))
    for scope in (Scope.FILE, Scope.SHARED, Scope.CRISIS):
        given = {"root": root.bytes().hex(), "scope": int(scope), "school": 7, "keyring": str(ROW), "generation": 1}
        made = keys.scope_key(root, scope, 7, ROW, 1).bytes().hex()
        yield {"name": scope.name, "op": "scope_key", "in": given, "expect": made}
    yield {"name": "ROOT", "op": "scope_key", "in": given | {"scope": 1}, "error": "ValueError"}
    yield {"name": "short root", "op": "scope_key", "in": given | {"root": "00"}, "error": "ValueError"}
    named = {"key": root.bytes().hex()}
    yield {"name": "key id", "op": "key_id", "in": named, "expect": keys.key_id(root).hex()}
    yield {
        "name": "derive",
        "op": "derive",
        "in": named | {"label": "roster"},
        "expect": keys.derive(root, "roster").bytes().hex(),
    }
    for parts in ([], [b""], [b"ab", b"c"], [b"a", b"bc"]):
        given = named | {"parts": [part.hex() for part in parts]}
        yield {"name": f"mark {parts}", "op": "mark", "in": given, "expect": keys.mark(root, *parts).hex()}


def wrappings() -> Iterator[Case]:
    private = Secret(b"\x01" + fixed("seed"))
    public = wrapping.public_of(private)
    yield {"name": "public half", "op": "public_of", "in": {"private": private.bytes().hex()}, "expect": public.hex()}
    info = {"school": 7, "keyring": str(ROW), "generation": 1, "scope": 1, "holder": wrapping.holder_id(public).hex()}
    about = wrapping.WrapInfo(7, ROW, 1, Scope.ROOT, wrapping.holder_id(public))
    wrapped = wrapping.wrap(public, Secret(fixed("root")), about)
    good: Case = {"private": private.bytes().hex(), "wrapped": wrapped.hex(), "info": info}
    yield {"name": "a root", "op": "unwrap", "in": good, "expect": fixed("root").hex()}
    spots = {"holder": 1, "lattice": 17, "curve": 1105, "key": 1137, "tag": len(wrapped) - 1}
    yield from broken("unwrap", good, "wrapped", spots)
    for name, value in [
        ("school", 8),
        ("keyring", str(UUID(int=1))),
        ("generation", 2),
        ("scope", 2),
        ("holder", "00" * 16),
    ]:
        yield {
            "name": f"other {name}",
            "op": "unwrap",
            "in": good | {"info": info | {name: value}},
            "error": "CannotOpen",
        }
    other = good | {"private": "01" + fixed("other").hex()}
    yield {"name": "other holder", "op": "unwrap", "in": other, "error": "CannotOpen"}
    sealed = wrapping.seal_to(public, "夜里写下的话".encode(), BOUND)
    text: Case = {"private": private.bytes().hex(), "sealed": sealed.hex(), "place": PLACE}
    yield {"name": "a text", "op": "open_with", "in": text, "expect": "夜里写下的话".encode().hex()}
    yield from broken("open_with", text, "sealed", spots | {"tag": len(sealed) - 1})


def signatures() -> Iterator[Case]:
    private = Secret(b"\x01" + fixed("signer"))
    public = signing.verifying_half(private)
    sign = {"private": private.bytes().hex(), "purpose": "grant", "parts": ["6162", "63"]}
    signature = signing.sign(private, "grant", b"ab", b"c")
    yield {"name": "sign", "op": "sign", "in": sign, "expect": signature.hex()}
    good: Case = {"public": public.hex(), "signature": signature.hex(), "purpose": "grant", "parts": ["6162", "63"]}
    yield {"name": "good", "op": "check", "in": good, "expect": ""}
    changes: list[Case] = [
        {"purpose": "certificate"},
        {"parts": ["61", "6263"]},
        {"parts": ["6162"]},
        {"parts": ["6162", "63", ""]},
        {"signature": flipped(signature, 1)},
        {"signature": flipped(signature, 64)},
        {"signature": signature[:-1].hex()},
        {"signature": "02" + signature[1:].hex()},
        {"public": "02" + public[1:].hex()},
        {"public": "01" + fixed("nobody").hex()},
        {"public": ""},
    ]
    for change in changes:
        name = " ".join(f"{key} {str(value)[:20]}" for key, value in change.items())
        yield {"name": name, "op": "check", "in": good | change, "error": "BadSignature"}


def passphrases() -> Iterator[Case]:
    pepper = Secret(fixed("pepper"))
    for phrase in ("Ｐaß 守心 ①", "Paß 守心 1"):
        locked = passphrase.lock(b"private half", "Paß 守心 1", pepper=pepper, bound=BOUND, cost=passphrase.TEST)
        good = {"locked": locked.hex(), "passphrase": phrase, "pepper": pepper.bytes().hex(), "place": PLACE}
        yield {"name": phrase, "op": "unlock", "in": good, "expect": b"private half".hex()}
    spots = {"passes": 5, "salt": 7, "outer key id": 24, "nonce": 32, "text": 60, "tag": len(locked) - 1}
    for case in broken("unlock", good, "locked", spots):
        yield case | ({"error": "Malformed"} if case["name"] == "altered passes" else {})
    for name, change in {
        "wrong passphrase": {"passphrase": "paß 守心 1"},
        "other server key": {"pepper": fixed("other").hex()},
        "no text": {"passphrase": "\ud800"},
        "none": {"passphrase": ""},
    }.items():
        yield {"name": name, "op": "unlock", "in": good | change, "error": "CannotOpen"}
    greedy = locked[:1] + b"\xff\xff\xff\xff" + locked[5:]
    yield {"name": "forged memory", "op": "unlock", "in": good | {"locked": greedy.hex()}, "error": "Malformed"}
    for count in (27, 16):
        letters = base32.encode(fixed("code") + b"123")[:count]
        code = letters + base32.check_letter(letters)
        yield {
            "name": f"code of {count}",
            "op": "code_hash",
            "in": {"code": code},
            "expect": passphrase.code_hash(code).hex(),
        }
        typed = base32.grouped(code).lower().replace("0", "o").replace("1", "l").replace("-", " – ")
        yield {
            "name": f"typed {count}",
            "op": "code_hash",
            "in": {"code": typed},
            "expect": passphrase.code_hash(code).hex(),
        }
        swapped = code[1] + code[0] + code[2:]
        yield {"name": f"swapped {count}", "op": "code_hash", "in": {"code": swapped}, "error": "Malformed"}


def splittings() -> Iterator[Case]:
    private = Secret(b"\x01" + fixed("seat"))
    shares = splitting.split(private, 3, 5)
    values: Case = {str(share.index): share.value.bytes().hex() for share in shares}
    for chosen in ("123", "125", "345", "12345"):
        given = {"shares": {index: values[index] for index in chosen}}
        yield {"name": f"shares {chosen}", "op": "join", "in": given, "expect": private.bytes().hex()}
    for chosen in ("12", "4", ""):
        given = {"shares": {index: values[index] for index in chosen}}
        yield {"name": f"too few: {chosen}", "op": "join", "in": given, "error": "CannotOpen"}
    bad = {"shares": {"1": values["1"], "2": values["2"], "3": flipped(shares[2].value.bytes(), 0)}}
    yield {"name": "a wrong one", "op": "join", "in": bad, "error": "CannotOpen"}
    hashed = splitting.share_hash(shares[0], b"case").hex()
    yield {
        "name": "hash",
        "op": "share_hash",
        "in": {"index": 1, "value": values["1"], "context": "63617365"},
        "expect": hashed,
    }
    text = splitting.sheet_text(private)
    for name, sheet in {"sheet": text, "typed": text.lower().replace("-", "").replace("1", "i")}.items():
        yield {"name": name, "op": "from_sheet", "in": {"text": sheet}, "expect": private.bytes().hex()}
    typo = text[:20] + ("A" if text[20] != "A" else "B") + text[21:]
    for name, sheet in {
        "typo": typo,
        "letter missing": text[:-1],
        "line missing": text[:-20],
        "U": "U" + text[1:],
    }.items():
        yield {"name": name, "op": "from_sheet", "in": {"text": sheet}, "error": "Malformed"}


FILES = {
    "envelope": envelopes,
    "filing": files,
    "keys": key_cases,
    "wrapping": wrappings,
    "signing": signatures,
    "passphrase": passphrases,
    "splitting": splittings,
}

if __name__ == "__main__":
    for file, cases in FILES.items():
        path = Path(__file__).with_name(f"{file}.json")
        path.write_text(json.dumps(list(cases()), indent=1, ensure_ascii=True) + "\n", encoding="ascii")
