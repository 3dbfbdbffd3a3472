"""What can go wrong when something is opened; no message says which byte was wrong (keys.md: no oracle)."""


class CannotOpen(Exception):
    """It does not open: wrong key, altered, moved to another place, or cut off. One error for all of them."""


class Malformed(CannotOpen):
    """It cannot even be read: too short, an unknown suite, a mistyped code or sheet."""


class BadSignature(Exception):
    """The signature is not by this key over these parts for this purpose."""


class BadShare(Exception):
    """One share is wrong, and this is the one.

    `index` is the share's number, 1 to 255, so that the page can name the custodian who holds it.
    """

    def __init__(self, index: int) -> None:
        super().__init__(f"share {index} is wrong")
        self.index = index
