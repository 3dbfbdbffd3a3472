"""The pinned results of suite 1: what was sealed once opens for ever, and fails for ever in the same way."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from subrosa.crypto import envelope, filing, keys, passphrase, signing, splitting, wrapping
from subrosa.crypto.bound import Bound, Scope
from subrosa.crypto.secret import Secret

from . import second_reader as second

FOLDER = Path(__file__).parent / "vectors"
raw = bytes.fromhex


def secret(text: str) -> Secret:
    return Secret(raw(text))


def place(given: dict[str, Any]) -> Bound:
    return Bound(**given | {"row": UUID(given["row"]), "scope": Scope(given["scope"])})


def info(given: dict[str, Any]) -> wrapping.WrapInfo:
    changed = {"keyring": UUID(given["keyring"]), "scope": Scope(given["scope"]), "holder": raw(given["holder"])}
    return wrapping.WrapInfo(**given | changed)


def shares(given: dict[str, str]) -> list[splitting.Share]:
    return [splitting.Share(int(index), secret(value)) for index, value in given.items()]


def check(public: str, signature: str, purpose: str, parts: list[str]) -> bytes:
    signing.check(raw(public), raw(signature), purpose, *map(raw, parts))
    return b""


OPS: dict[str, Callable[..., bytes]] = {
    "open_sealed": lambda key, sealed, place_: envelope.open_sealed(secret(key), raw(sealed), place(place_)),
    "file_key": lambda key, place_: filing.file_key(secret(key), place(place_)).bytes(),
    "seal_piece": lambda key, number, unit, size, salt, last: hashlib.sha256(
        filing._sealed(secret(key), number, (raw(unit) * size)[:size], raw(salt), last=last)
    ).digest(),
    "scope_key": lambda root, scope, school, keyring, generation: keys.scope_key(
        secret(root), Scope(scope), school, UUID(keyring), generation
    ).bytes(),
    "key_id": lambda key: keys.key_id(secret(key)),
    "derive": lambda key, label: keys.derive(secret(key), label).bytes(),
    "mark": lambda key, parts: keys.mark(secret(key), *map(raw, parts)),
    "public_of": lambda private: wrapping.public_of(secret(private)),
    "unwrap": lambda private, wrapped, info_: wrapping.unwrap(secret(private), raw(wrapped), info(info_)).bytes(),
    "open_with": lambda private, sealed, place_: wrapping.open_with(secret(private), raw(sealed), place(place_)),
    "sign": lambda private, purpose, parts: signing.sign(secret(private), purpose, *map(raw, parts)),
    "check": check,
    "unlock": lambda locked, passphrase_, pepper, place_: passphrase.unlock(
        raw(locked), passphrase_, pepper=secret(pepper), bound=place(place_)
    ).bytes(),
    "code_hash": lambda code: passphrase.code_hash(code),
    "join": lambda shares_: splitting.join(shares(shares_)).bytes(),
    "share_hash": lambda index, value, context: splitting.share_hash(
        splitting.Share(index, secret(value)), raw(context)
    ),
    "from_sheet": lambda text: splitting.from_sheet(text).bytes(),
}
RENAMED = {"place", "info", "passphrase", "shares"}  # names that modules or helpers above already have


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        for case in json.loads(path.read_text(encoding="ascii")):
            found.append(pytest.param(case, id=f"{path.stem}: {case['name'].encode('ascii', 'replace').decode()}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_vector(case: dict[str, Any]) -> None:
    given = {f"{name}_" if name in RENAMED else name: value for name, value in case["in"].items()}
    if "error" in case:
        with pytest.raises(Exception) as caught:  # noqa: PT011  the exact type is compared below
            OPS[case["op"]](**given)
        assert type(caught.value).__name__ == case["error"]
    else:
        assert OPS[case["op"]](**given).hex() == case["expect"]


def numbers(given: dict[str, Any]) -> bytes:
    sizes = [(given["school"], 8), (UUID(given["keyring"]).int, 16), (given["generation"], 4), (given["scope"], 1)]
    return b"".join(number.to_bytes(size, "big") for number, size in sizes)


SECOND: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "open_sealed": lambda g: second.open_text(raw(g["key"]), raw(g["sealed"]), second.bound(**g["place"])),
    "file_key": lambda g: second.file_key(raw(g["key"]), second.bound(**g["place"])),
    "seal_piece": lambda g: hashlib.sha256(
        second.seal_piece(
            raw(g["key"]), g["number"], (raw(g["unit"]) * g["size"])[: g["size"]], raw(g["salt"]), g["last"]
        )
    ).digest(),
    "scope_key": lambda g: second.scope_key(raw(g["root"]), g["scope"], g["school"], g["keyring"], g["generation"]),
    "derive": lambda g: second.derived(raw(g["key"]), g["label"].encode()),
    "public_of": lambda g: second.halves(raw(g["private"]))[2],
    "unwrap": lambda g: second.unwrap(raw(g["private"]), raw(g["wrapped"]), numbers(g["info"])),
    "open_with": lambda g: second.open_text_to(raw(g["private"]), raw(g["sealed"]), second.bound(**g["place"])),
    "unlock": lambda g: second.unlock(
        raw(g["locked"]), "Paß 守心 1".encode(), raw(g["pepper"]), second.bound(**g["place"])
    ),
    "join": lambda g: second.join({int(index): raw(value) for index, value in g["shares"].items()}),
}


@pytest.mark.parametrize("case", [c for c in cases() if "expect" in c.values[0] and c.values[0]["op"] in SECOND])
def test_a_second_reader_made_from_format_md_reads_the_same(case: dict[str, Any]) -> None:
    assert SECOND[case["op"]](case["in"]).hex() == case["expect"]


def test_the_pair_is_the_drafts_x_wing() -> None:
    """draft-connolly-cfrg-xwing-kem, appendix C, first vector: seed, and the first 32 bytes of its public key."""
    seed = raw("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    begin = raw("e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5")
    assert wrapping.public_of(Secret(b"\x01" + seed))[1:33] == begin


def test_every_op_has_a_case_that_works_and_opening_ones_a_case_that_fails() -> None:
    every = [case.values[0] for case in cases()]
    assert {case["op"] for case in every if "expect" in case} == set(OPS)
    failing = {"open_sealed", "unwrap", "open_with", "check", "unlock", "code_hash", "join", "from_sheet", "scope_key"}
    assert {case["op"] for case in every if "error" in case} == failing
