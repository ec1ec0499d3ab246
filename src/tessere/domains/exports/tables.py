"""Tables of data as files that French spreadsheets open as they are meant."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _

from tessere.domains.exports.types import Cell, CellKind, Column, FileKind

_BOM = "\ufeff"
# A spreadsheet runs a cell of a CSV file that begins so, whatever its column holds elsewhere.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# A code that Excel would read as a number when the file is opened by a double click, without its
# zeros or as a power of ten. A tab in front, which no column shows, keeps it a text.
_LOOKS_LIKE_A_NUMBER = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+")
# What XML, and with it a workbook, does not hold as it is.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# What a cell of a workbook holds at most.
_LONGEST_TEXT = 32_767
_NUMBER_FORMATS = {
    CellKind.TEXT: "@",
    CellKind.NUMBER: "#,##0",
    CellKind.CENTS: "#,##0.00",
    CellKind.DAY: "dd/mm/yyyy",
}


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
        # Of no use to those who make no workbook.
        from xlsxwriter import Workbook  # noqa: PLC0415

        self._columns = columns
        # A row goes to the disk when the next one begins.
        self._book = Workbook(target, {"constant_memory": True})
        self._book.set_properties({"author": "Tessère"})
        self._sheet = self._book.add_worksheet(_("Liste"))
        self._sheet.freeze_panes(1, 0)
        self._formats = {
            kind: self._book.add_format({"num_format": written})
            for kind, written in _NUMBER_FORMATS.items()
        }
        bold = self._book.add_format({"bold": True})
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.width, self._formats[column.kind])
            self._sheet.write_string(0, index, column.heading, bold)
        self._row = 0

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            self._row += 1
            for index, (value, kind) in enumerate(_pairs(row, self._columns)):
                if value is not None:
                    self._write(index, value, kind)

    def close(self) -> None:
        self._sheet.autofilter(0, 0, self._row, len(self._columns) - 1)
        self._book.close()

    def _write(self, index: int, value: Cell, kind: CellKind) -> None:
        if kind is CellKind.CENTS:
            self._sheet.write_number(self._row, index, _euros(value), self._formats[kind])
        elif kind is CellKind.NUMBER:
            self._sheet.write_number(self._row, index, value, self._formats[kind])
        elif kind is CellKind.DAY:
            self._sheet.write_datetime(self._row, index, _day(value), self._formats[kind])
        else:
            # Said outright to be a text, whatever it begins with.
            text = _CONTROLS.sub(" ", str(value))[:_LONGEST_TEXT]
            self._sheet.write_string(self._row, index, text, self._formats[kind])


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
    if kind is CellKind.NUMBER:
        return words
    if words.startswith(_FORMULA_STARTS):
        return f"'{words}"
    return f"\t{words}" if _LOOKS_LIKE_A_NUMBER.fullmatch(words) else words


def _euros(value: Cell) -> Decimal:
    assert isinstance(value, int)
    return Decimal(value).scaleb(-2)


def _day(value: Cell) -> date:
    assert isinstance(value, date)
    return value
