"""Reading the school's list as schools send it, and writing back what has to be mended; no row of it is stored here."""

from .card import Card
from .errors import SheetError, Why
from .mend import mend
from .reading import BadRow, Sheet, read

__all__ = ["BadRow", "Card", "Sheet", "SheetError", "Why", "mend", "read"]
