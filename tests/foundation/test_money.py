"""Euros as people write and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessere.foundation.money import InvalidAmount, format_euros, parse_euros


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("9", 900),
        ("9,5", 950),
        ("9.50", 950),
        (" 12,05 € ", 1205),
        ("1 234,50", 123_450),
        ("1\u202f234,50\u00a0€", 123_450),
        ("0,01", 1),
        ("007", 700),
    ],
)
def test_amounts_that_are_understood(text: str, cents: int) -> None:
    assert parse_euros(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "", "0", "0,00", "-1", "−1", "+1", "0,001", "1e3", "1E3", "neuf", "9€9", "9,,5", "9.5.0",
        "1,234.50", "99999999999", "1 23", "٩", "९", "9 ; DROP TABLE", "=1+1", "<script>", "NaN",
        "Infinity", "0x10", "1_000", "1000001",
    ],
)  # fmt: skip
def test_amounts_that_are_refused(text: str) -> None:
    with pytest.raises(InvalidAmount):
        parse_euros(text)


@given(st.integers(1, 100_000_000))
def test_what_is_written_is_read_back(cents: int) -> None:
    assert parse_euros(format_euros(cents)) == cents
    assert parse_euros(format_euros(cents, short=True)) == cents


def test_french_format() -> None:
    assert format_euros(900) == "9,00\u00a0€"
    assert format_euros(900, short=True) == "9\u00a0€"
    assert format_euros(950, short=True) == "9,50\u00a0€"
    assert format_euros(-123_456_78) == "−123\u202f456,78\u00a0€"
