"""Text that people read from paper and type: Crockford's base 32, with a check character."""

import unicodedata

from .errors import Malformed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_DASHES = "-_.\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212"  # hyphens and dashes that keyboards and scanners make
LONGEST = 30  # letters under one check letter
TYPED = 1000  # characters that anybody types of a code or a sheet; what is longer is not looked at
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive over GF(2): x has order 31


def tidy(text: str) -> str:
    """Canonical letters: wide forms folded, upper case, spaces and dashes dropped, O to 0, I and L to 1.

    Malformed when something else is left that the alphabet does not have (U among them).
    """
    if len(text) > TYPED:
        raise Malformed("longer than any code or sheet")
    folded = unicodedata.normalize("NFKC", text).upper()
    kept = [letter for letter in folded if not letter.isspace() and letter not in _DASHES]
    if any(letter not in _VALUE for letter in kept):
        raise Malformed("a letter that no code has")
    return "".join(ALPHABET[_VALUE[letter]] for letter in kept)


def grouped(letters: str, size: int = 4) -> str:
    """Groups of `size` letters with dashes; a single letter left over joins the last group."""
    groups = [letters[at : at + size] for at in range(0, len(letters), size)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return "-".join(groups)


def check_letter(letters: str) -> str:
    """The letter that makes the code word: sum of x^i * value over GF(32), Horner's way.

    Up to 30 letters every single wrong letter and every swap of two letters shows. ValueError beyond.
    """
    if not 1 <= len(letters) <= LONGEST:
        raise ValueError("the check letter covers 1 to 30 letters")
    total = 0
    for letter in letters:
        total = _times_x(total ^ _VALUE[letter])
    return ALPHABET[total]


def encode(data: bytes) -> str:
    """Letters for bytes, most significant bits first. ValueError unless the length is a multiple of 5 bytes."""
    if len(data) % 5:
        raise ValueError("only multiples of 5 bytes, so that no bits are left over")
    number = int.from_bytes(data, "big")
    count = len(data) * 8 // 5
    return "".join(ALPHABET[number >> 5 * at & 31] for at in reversed(range(count)))


def decode(letters: str) -> bytes:
    """Bytes for tidy letters. Malformed unless their number is a multiple of 8."""
    if len(letters) % 8:
        raise Malformed("letters are missing or too many")
    number = 0
    for letter in letters:
        number = number << 5 | _VALUE[letter]
    return number.to_bytes(len(letters) * 5 // 8, "big")


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled & 32 else doubled
