"""Tables of data as files that French spreadsheets open as they are meant."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tessere.domains.exports.types import Cell, CellKind, Column, FileKind, Table

_BOM = "\ufeff"
# A spreadsheet runs a cell of a CSV file that begins so, whatever its column holds elsewhere.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What XML, and with it a workbook, cannot hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER_FORMATS = {CellKind.TEXT: "@", CellKind.CENTS: "#,##0.00", CellKind.DAY: "dd/mm/yyyy"}


def write(table: Table, kind: FileKind) -> bytes:
    """The file."""
    return csv_file(table) if kind is FileKind.CSV else xlsx_file(table)


def csv_file(table: Table) -> bytes:
    """As Excel saves it in France: semicolons, a byte order mark, CRLF, decimal commas.

    Words and codes are quoted, so that an import can be told to keep them as text; those that a
    spreadsheet would run get an apostrophe in front.
    """
    text = io.StringIO(newline="")
    text.write(_BOM)
    quoted = [column.kind is CellKind.TEXT for column in table.columns]
    _write_line(text, [column.heading for column in table.columns], [True] * len(quoted))
    for row in table.rows:
        _write_line(text, [_csv_text(*pair) for pair in _pairs(row, table.columns)], quoted)
    return text.getvalue().encode()


def xlsx_file(table: Table) -> bytes:
    """A workbook of one sheet: words and codes are text cells, amounts numbers, days dates."""
    book = Workbook(write_only=True)
    book.properties.creator = "Tessère"
    book.properties.title = table.title
    sheet = book.create_sheet(title=re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31])
    sheet.freeze_panes = "A2"
    for index, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    bold = Font(bold=True)
    headings = [_xlsx_cell(sheet, column.heading, CellKind.TEXT) for column in table.columns]
    for cell in headings:
        cell.font = bold
    sheet.append(headings)
    last = 1
    for last, row in enumerate(table.rows, start=2):  # noqa: B007
        sheet.append([_xlsx_cell(sheet, *pair) for pair in _pairs(row, table.columns)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _pairs(row: Sequence[Cell], columns: Sequence[Column]) -> Iterator[tuple[Cell, CellKind]]:
    kinds = [column.kind for column in columns]
    return zip(row, kinds, strict=True)


def _write_line(text: io.StringIO, cells: Sequence[str], quoted: Sequence[bool]) -> None:
    """One line; the `csv` module quotes all text or none, so amounts and days go beside it."""
    written = [
        '"' + cell.replace('"', '""') + '"' if quote else cell
        for cell, quote in zip(cells, quoted, strict=True)
    ]
    text.write(";".join(written) + "\r\n")


def _csv_text(value: Cell, kind: CellKind) -> str:
    if value is None:
        return ""
    if kind is CellKind.CENTS:
        return f"{_euros(value):f}".replace(".", ",")
    if kind is CellKind.DAY:
        return f"{_day(value):%d/%m/%Y}"
    words = str(value).replace("\x00", "")
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words


def _xlsx_cell(sheet: Any, value: Cell, kind: CellKind) -> WriteOnlyCell:
    if value is None:
        return WriteOnlyCell(sheet)
    if kind is CellKind.CENTS:
        cell = WriteOnlyCell(sheet, _euros(value))
    elif kind is CellKind.DAY:
        cell = WriteOnlyCell(sheet, _day(value))
    else:
        cell = WriteOnlyCell(sheet, _CONTROLS.sub(" ", str(value)))
        # Said outright: the library takes a text that begins with "=" for a formula.
        cell.data_type = "s"
    cell.number_format = _NUMBER_FORMATS[kind]
    return cell


def _euros(value: Cell) -> Decimal:
    assert isinstance(value, int)
    return Decimal(value).scaleb(-2)


def _day(value: Cell) -> date:
    assert isinstance(value, date)
    return value
