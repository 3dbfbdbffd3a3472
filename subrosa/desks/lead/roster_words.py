"""What the page of the school's list says: why a file cannot be read, and what to mend in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from subrosa.records.roster.sheet import SheetError, Why
from subrosa.records.roster.sheet.cells import LONGEST
from subrosa.records.roster.sheet.table import MOST_ROWS

FILES: Final[Mapping[Why, str]] = {
    Why.EMPTY: _("This file is empty. Please export the list once more, as .xlsx or .csv."),
    Why.PDF: _("This is a PDF, which cannot be read as a table. Please export the list as .xlsx or .csv."),
    Why.OLD_EXCEL: _("This is the old .xls format. Please open it in a spreadsheet program and save it as .xlsx."),
    Why.LOCKED: _(
        "This workbook is locked with a password. Please open it, take the password off and save it as .xlsx."
    ),
    Why.WORD: _("This is a text document, not a table. Please copy the table into a spreadsheet and save it as .xlsx."),
    Why.OTHER_TABLE: _(
        "This kind of workbook cannot be read. Please open it in a spreadsheet program and save it as .xlsx."
    ),
    Why.ARCHIVE: _("This is an archive, not a workbook. Please unpack it and choose the list itself."),
    Why.WEB_PAGE: _(
        "This is a web page under the name of a table, as some school systems export it. "
        "Please open it in a spreadsheet program and save it as .xlsx."
    ),
    Why.PICTURE: _("This is a picture, which cannot be read as a table. Please export the list as .xlsx or .csv."),
    Why.ENCODING: _(
        "This is neither a workbook nor a readable text. Please save the list as .xlsx, or as .csv in UTF-8."
    ),
    Why.ZERO_BYTES: _(
        "This text is damaged or in an unknown encoding. Please save the list as .xlsx, or as .csv in UTF-8."
    ),
    Why.QUOTE: _(
        "From line %(line)s on, a quotation mark has no second one, so the cells cannot be told apart. "
        "Please mend that line, or save the list as .xlsx."
    ),
    Why.BROKEN: _(
        "This workbook is damaged and cannot be read. Please open it in a spreadsheet program and save it anew."
    ),
    Why.TOO_LARGE: _("Unpacked, this file would be larger than any school's list. Nothing was read."),
    Why.TOO_MANY_ROWS: _("This file has more than %(most)s rows. Please split it by year."),
    Why.NO_HEADINGS: _(
        "No row with the headings “student number” and “name” was found. Please write them above the columns."
    ),
    Why.NO_ROWS: _("This file has headings and no student below them. Please export the list once more."),
}

ROWS: Final[Mapping[str, str]] = {
    "number_missing": _("The student number is missing."),
    "name_missing": _("The name is missing."),
    "number_twice": _("This student number stands in line %(what)s already. Whose is it?"),
    "number_rounded": _("The spreadsheet has rounded the student number to %(what)s. Please type it anew, as text."),
    "number_odd": _("“%(what)s” is no student number: it has no digit."),
    "phone_rounded": _("The spreadsheet has rounded the phone number to %(what)s. Please type it anew, as text."),
    "date_unclear": _("“%(what)s” may mean more than one day. Please write the date as 2010-03-04."),
    "date_impossible": _("There is no such day: %(what)s."),
    "date_ahead": _("This day lies ahead: %(what)s."),
    "date_too_old": _("This birthday is more than a hundred years back: %(what)s."),
    "answer_unclear": _("“%(what)s” is no clear answer. Please write yes or no, or leave it empty."),
    "too_long": _("One cell has more than %(longest)s characters: “%(what)s…”."),
}


def why_not(error: SheetError) -> str:
    """Why a file cannot be read, and what to do."""
    return gettext(FILES[error.why]) % {"line": error.line, "most": f"{MOST_ROWS:,}"}


def what_to_mend(whys: Sequence[Sequence[str]]) -> str:
    """Every reason why one row was left out, as sentences."""
    return " ".join(gettext(ROWS[why]) % {"what": what, "longest": f"{LONGEST:,}"} for why, what in whys)


def imported(count: int, kept: int = 0) -> str:
    """What stands on the page afterwards; `kept` students stay who they are, because no tick said that they are replaced."""
    done = ngettext("%(n)s student is in the list now.", "%(n)s students of this file are in the list now.", count)
    left = ngettext(
        "%(n)s number without a tick stays with whom it belonged to.",
        "%(n)s numbers without a tick stay with whom they belonged to.",
        kept,
    )
    return " ".join(text % {"n": n} for text, n in ((done, count), (left, kept)) if n or text == done)
