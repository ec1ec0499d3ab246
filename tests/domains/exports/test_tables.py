"""Tables as files: what is written is what a French spreadsheet reads, and nothing of it runs."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tessere.domains.exports import tables
from tessere.domains.exports.types import CellKind, Column, FileKind

COLUMNS = (
    Column(heading="Code"),
    Column(heading="Montant", kind=CellKind.CENTS),
    Column(heading="Jour", kind=CellKind.DAY),
)
DAY = date(2026, 2, 3)
FORMULAS = ["=1+1", "+33199001234", "-2", "@SUM(A1)", "\t=1+1", "\r=1+1"]


def written(kind: FileKind, *rows: tuple[Any, ...]) -> bytes:
    target = io.BytesIO()
    writer = tables.writer(kind=kind, columns=COLUMNS, target=target)
    for row in rows:
        writer.add([row])
    writer.close()
    return target.getvalue()


def csv_rows(content: bytes) -> list[list[str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=";"))[1:]


def xlsx_rows(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))


def test_csv_is_what_excel_saves_in_france() -> None:
    content = written(FileKind.CSV, ("0042", 123_450, DAY), ("Été", -905, None))
    assert content == (
        b"\xef\xbb\xbf"
        + ('"Code";"Montant";"Jour"\r\n"\t0042";1234,50;03/02/2026\r\n"Été";-9,05;\r\n').encode()
    )


def test_csv_keeps_quotes_separators_and_lines_inside_their_cell() -> None:
    odd = 'Le "Bateau"; quai\r\nn° 2'
    [row] = csv_rows(written(FileKind.CSV, (odd, 1, DAY)))
    assert row == [odd, "0,01", "03/02/2026"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_lets_no_formula_run(formula: str) -> None:
    [row] = csv_rows(written(FileKind.CSV, (formula, 100, DAY)))
    assert row[0] == f"'{formula}"


def test_xlsx_has_text_numbers_and_days() -> None:
    content = written(FileKind.XLSX, ("0042", 123_450, DAY), ("Été", -905, None))
    first, second = xlsx_rows(content)
    code, amount, day = first
    assert (code.value, code.data_type, code.number_format) == ("0042", "s", "@")
    assert (Decimal(str(amount.value)), amount.data_type) == (Decimal("1234.5"), "n")
    assert day.is_date and day.value == datetime(2026, 2, 3)  # noqa: DTZ001  a cell has no zone
    assert (second[0].value, second[1].value, second[2].value) == ("Été", -9.05, None)


@pytest.mark.parametrize("formula", FORMULAS)
def test_xlsx_holds_a_formula_as_the_text_it_is(formula: str) -> None:
    [[cell, *_rest]] = xlsx_rows(written(FileKind.XLSX, (formula, 100, DAY)))
    assert cell.data_type == "s"
    assert cell.value.strip() == formula.strip()


@pytest.mark.parametrize("kind", FileKind)
def test_a_character_that_no_file_can_hold_does_no_harm(kind: FileKind) -> None:
    content = written(kind, ("a\x00b\x0bc\ufffe", 100, DAY))
    read = csv_rows(content) if kind is FileKind.CSV else xlsx_rows(content)
    assert len(read) == 1


def test_an_empty_table_is_its_headings() -> None:
    assert csv_rows(written(FileKind.CSV)) == []
    assert xlsx_rows(written(FileKind.XLSX)) == []


@pytest.mark.conformance("S1-144")
@pytest.mark.parametrize("code", ["0042", "2001234567893", "12E456789", "1e9"])
def test_csv_keeps_a_code_from_being_read_as_a_number(code: str) -> None:
    [row] = csv_rows(written(FileKind.CSV, (code, 1, DAY)))
    assert row[0] == f"\t{code}"


@pytest.mark.parametrize("word", ["2DZHB6P2K", "42", "Tennis", "EE1", "1E"])
def test_csv_leaves_other_words_alone(word: str) -> None:
    [row] = csv_rows(written(FileKind.CSV, (word, 1, DAY)))
    assert row[0] == word
