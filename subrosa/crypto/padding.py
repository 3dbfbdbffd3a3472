"""Padding before sealing, so that a stored length says little about the text (keys.md "Sealing a text")."""

from .errors import Malformed

LEAST = 256  # bytes; a short note and an empty one look alike


def padme(length: int) -> int:
    """The Padmé bucket of a length in bytes (Nikitin et al., "Reducing Metadata Leakage", PETS 2019, §4.3).

    At most 12 % longer; only O(log log) bits of the length remain visible. ValueError below 2.
    """
    if length < 2:
        raise ValueError("Padmé starts at two bytes")
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def pad(plain: bytes, least: int = LEAST) -> bytes:
    """`plain`, one byte 80, then zeros up to the bucket of max(length + 1, least, 256).

    `least` in bytes: answer sheets of one kind are all given the same, so that they have one size.
    """
    size = padme(max(len(plain) + 1, least, LEAST))
    return (plain + b"\x80").ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """The text inside. Malformed when the length is no bucket or the mark is missing.

    Not constant in time: it runs only on bytes that were authenticated before.
    """
    stripped = padded.rstrip(b"\0")
    if len(padded) < LEAST or padme(len(padded)) != len(padded) or stripped[-1:] != b"\x80":
        raise Malformed("not padded as the format says")
    return stripped[:-1]
