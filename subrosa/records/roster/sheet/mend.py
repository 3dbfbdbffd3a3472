"""The rows that were left out, as a workbook to mend: the headings and cells as they came, and a last column that says what.

Made in memory, part by part: openpyxl writes each sheet to a file of its own first, and a name never rests on a disk.
Importing the mended file works as it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from .cells import LONGEST, escaped
from .headings import is_our_own

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
    '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>',
    # Styles: 0 text, 1 heading, 2 what to mend. "@" keeps a number typed anew from losing its first zeros.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFBF0D9"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="2" borderId="0" applyNumberFormat="1" applyFill="1" applyAlignment="1">'
    '<alignment wrapText="1" vertical="top"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_TEXT, _HEADING, _TO_MEND = 0, 1, 2
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTH, _LAST_WIDTH = 14, 60


def mend(headings: Sequence[str], rows: Sequence[tuple[Sequence[str], str]], last: str) -> bytes:
    """An .xlsx of these headings, each row's cells and what to mend in it; `last` heads the last column."""
    kept = [place for place, heading in enumerate(headings) if not is_our_own(heading)]
    width = max([len(headings), *(len(cells) for cells, _ in rows)])
    kept += range(len(headings), width)
    lines = [_row(1, [*_picked(headings, kept), last], _HEADING, _HEADING)]
    lines += [_row(n, [*_picked(cells, kept), what], _TEXT, _TO_MEND) for n, (cells, what) in enumerate(rows, 2)]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _PARTS.items():
            packed.writestr(name, _HEAD + content)
        packed.writestr("xl/worksheets/sheet1.xml", "".join(_sheet(lines, len(kept) + 1)))
    return held.getvalue()


def _picked(cells: Sequence[str], kept: Sequence[int]) -> list[str]:
    return [cells[place] if place < len(cells) else "" for place in kept]


def _sheet(lines: Sequence[str], width: int) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    if width > 1:
        yield f'<col min="1" max="{width - 1}" width="{_WIDTH}" customWidth="1"/>'
    yield f'<col min="{width}" max="{width}" width="{_LAST_WIDTH}" customWidth="1"/></cols><sheetData>'
    yield from lines
    yield "</sheetData></worksheet>"


def _row(line: int, cells: Sequence[str], style: int, last_style: int) -> str:
    styles = [style] * (len(cells) - 1) + [last_style]
    return f'<row r="{line}">{"".join(map(_cell, cells, styles))}</row>'


def _cell(text: str, style: int) -> str:
    """A cell of text, whatever it begins with."""
    if not text:
        return f'<c s="{style}"/>'
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    plain = escape(escaped(_NOT_XML.sub("", shown)))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
