"""Tables of data as files that French spreadsheets open as they are meant."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, Protocol

from tessere.domains.exports.types import Cell, CellKind, Column, FileKind

_BOM = "\ufeff"
# A spreadsheet runs a cell of a CSV file that begins so, whatever its column holds elsewhere.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# A code that Excel would read as a number when the file is opened by a double click, without its
# zeros or as a power of ten. A tab in front, which no column shows, keeps it a text.
_LOOKS_LIKE_A_NUMBER = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+")
# What XML, and with it a workbook, cannot hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBER_FORMATS = {CellKind.TEXT: "@", CellKind.CENTS: "#,##0.00", CellKind.DAY: "dd/mm/yyyy"}


class Writer(Protocol):
    """Writes a file while its rows are being read: a long one takes no more memory."""

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """The rows that come next."""

    def close(self) -> None:
        """What a file ends with."""


def writer(*, kind: FileKind, columns: Sequence[Column], target: BinaryIO) -> Writer:
    """What writes such a file into `target`."""
    return (_CsvWriter if kind is FileKind.CSV else _XlsxWriter)(columns, target)


class _CsvWriter:
    """As Excel saves it in France: semicolons, a byte order mark, CRLF, decimal commas.

    Words and codes are quoted, so that an import can be told to keep them as text; those that a
    spreadsheet would run get an apostrophe in front.
    """

    def __init__(self, columns: Sequence[Column], target: BinaryIO) -> None:
        self._columns = columns
        self._target = target
        self._quoted = [column.kind is CellKind.TEXT for column in columns]
        target.write(_BOM.encode())
        self._write([column.heading for column in columns], [True] * len(columns))

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            self._write([_csv_text(*pair) for pair in _pairs(row, self._columns)], self._quoted)

    def close(self) -> None:
        """Nothing: a line ends where it ends."""

    def _write(self, cells: Sequence[str], quoted: Sequence[bool]) -> None:
        # The `csv` module quotes all text or none, so amounts and days go beside it.
        written = [
            '"' + cell.replace('"', '""') + '"' if quote else cell
            for cell, quote in zip(cells, quoted, strict=True)
        ]
        self._target.write((";".join(written) + "\r\n").encode())


class _XlsxWriter:
    """A workbook of one sheet: words and codes are text cells, amounts numbers, days dates."""

    def __init__(self, columns: Sequence[Column], target: BinaryIO) -> None:
        # Slow to load, and of no use to those who make no workbook.
        from openpyxl import Workbook  # noqa: PLC0415
        from openpyxl.styles import Font  # noqa: PLC0415
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        self._columns = columns
        self._target = target
        self._last_row = 1
        self._letter = get_column_letter(len(columns))
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "Tessère"
        self._sheet = self._book.create_sheet(title="Liste")
        self._sheet.freeze_panes = "A2"
        for index, column in enumerate(columns, start=1):
            dimension = self._sheet.column_dimensions[get_column_letter(index)]
            dimension.width = column.width
            # Of the column, so that a code stays a text when somebody edits its cell.
            dimension.number_format = _NUMBER_FORMATS[column.kind]
        headings = [_xlsx_cell(self._sheet, column.heading, CellKind.TEXT) for column in columns]
        for cell in headings:
            cell.font = Font(bold=True)
        self._sheet.append(headings)

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            self._sheet.append(
                [_xlsx_value(self._sheet, *one) for one in _pairs(row, self._columns)]
            )
            self._last_row += 1

    def close(self) -> None:
        self._sheet.auto_filter.ref = f"A1:{self._letter}{self._last_row}"
        self._book.save(self._target)


def _pairs(row: Sequence[Cell], columns: Sequence[Column]) -> Iterator[tuple[Cell, CellKind]]:
    kinds = [column.kind for column in columns]
    return zip(row, kinds, strict=True)


def _csv_text(value: Cell, kind: CellKind) -> str:
    if value is None:
        return ""
    if kind is CellKind.CENTS:
        return f"{_euros(value):f}".replace(".", ",")
    if kind is CellKind.DAY:
        return f"{_day(value):%d/%m/%Y}"
    words = str(value).replace("\x00", "")
    if words.startswith(_FORMULA_STARTS):
        return f"'{words}"
    return f"\t{words}" if _LOOKS_LIKE_A_NUMBER.fullmatch(words) else words


def _xlsx_value(sheet: Any, value: Cell, kind: CellKind) -> Any:
    """What a row is given: a plain text where it is taken as it is, which is much faster."""
    if kind is CellKind.TEXT and isinstance(value, str) and not value.startswith(_FORMULA_STARTS):
        return _CONTROLS.sub(" ", value)
    return _xlsx_cell(sheet, value, kind)


def _xlsx_cell(sheet: Any, value: Cell, kind: CellKind) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

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
