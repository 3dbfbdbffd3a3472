"""The one canonical encoding: every item prefixed by its length, the label first, so that no two lists look alike."""

from functools import cache

SUITE = 1  # AES-256-GCM-SIV, HPKE X-Wing/HKDF-SHA256/AES-256-GCM, Ed25519, Argon2id, SHA-256 (FORMAT.md §1)
SUITE_BYTE = bytes([SUITE])


def canon(label: str, *parts: bytes) -> bytes:
    """`subrosa/1/` + label, then every part, each as a 4-byte big-endian length and its bytes (FORMAT.md §2).

    Injective: two different (label, parts) never give the same bytes. The label separates the domains.
    """
    return _head(label) + b"".join([len(part).to_bytes(4, "big") + part for part in parts])


@cache
def _head(label: str) -> bytes:
    """The labels are few and fixed."""
    text = f"subrosa/{SUITE}/{label}".encode()
    return len(text).to_bytes(4, "big") + text


def u8(number: int) -> bytes:
    """One byte. ValueError outside 0..255."""
    return _unsigned(number, 1)


def u32(number: int) -> bytes:
    """Four bytes, big-endian. ValueError when it does not fit."""
    return _unsigned(number, 4)


def u64(number: int) -> bytes:
    """Eight bytes, big-endian. ValueError when it does not fit."""
    return _unsigned(number, 8)


def _unsigned(number: int, size: int) -> bytes:
    if not 0 <= number < 1 << (8 * size):
        raise ValueError("number out of range for its place in the format")
    return int(number).to_bytes(size, "big")
