"""Numbers that people read aloud: drawn, forgiven, checked."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessere.foundation.codes import (
    ALPHABET,
    InvalidNumber,
    InvalidPartnerCode,
    drawn_from,
    ean13_check_digit,
    make_barcode,
    make_number,
    make_partner_code,
    partner_code_check,
    read_number,
    read_partner_code,
)


def _drawn(seed: int) -> str:
    with drawn_from(random.Random(seed)):
        return make_number()


NUMBERS = st.builds(_drawn, st.integers())


@pytest.mark.conformance("S1-90")
def test_a_million_numbers_are_distinct_and_unambiguous() -> None:
    numbers = {make_number() for _ in range(1_000_000)}
    # 2**40 numbers: two alike among a million come once in about two runs; three pairs never do.
    assert len(numbers) >= 1_000_000 - 3
    letters = set("".join(itertools.islice(numbers, 1_000)))
    assert letters <= set(ALPHABET) and not letters & set("ILOU")
    assert all(len(number) == 9 for number in itertools.islice(numbers, 1_000))


@pytest.mark.conformance("S1-90")
@given(NUMBERS, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(number: str, place: int, other: str) -> None:
    wrong = number[:place] + other + number[place + 1 :]
    if wrong == number:
        assert read_number(wrong) == number
    else:
        with pytest.raises(InvalidNumber):
            read_number(wrong)


@pytest.mark.conformance("S1-90")
@given(NUMBERS, st.integers(0, 8), st.integers(0, 8))
def test_two_swapped_characters_are_caught(number: str, one: int, two: int) -> None:
    characters = list(number)
    characters[one], characters[two] = characters[two], characters[one]
    wrong = "".join(characters)
    if wrong != number:
        with pytest.raises(InvalidNumber):
            read_number(wrong)


@given(NUMBERS)
def test_case_spaces_and_lookalikes_are_forgiven(number: str) -> None:
    spoken = " ".join((number[:3], number[3:6], number[6:])).lower()
    assert read_number(spoken) == number
    assert read_number(number.replace("0", "o").replace("1", "l")) == number
    assert read_number(number.replace("0", "O").replace("1", "I")) == number


@pytest.mark.parametrize("text", ["", "ABC", "2DZHB6P2K2", "2DZHB6P2U", "<script>!", "2DZHB6P2é"])
def test_what_cannot_be_a_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidNumber):
        read_number(text)


def test_a_partner_code_keeps_its_zero_and_needs_nine_digits() -> None:
    assert read_partner_code("093351957") == read_partner_code("093 351 957") == "093351957"
    for wrong in ("93351957", "0933519571", "09335195a", "", "٠٩٣٣٥١٩٥٧"):
        with pytest.raises(InvalidPartnerCode):
            read_partner_code(wrong)
    assert len(make_partner_code()) == 9


def test_an_altered_partner_code_no_longer_fits_its_check() -> None:
    check = partner_code_check("093351957")
    others = {partner_code_check(f"{93351957 + step:09d}") for step in range(1, 50)}
    assert len(check) == 2 and len(others) > 40


def test_barcodes_are_ean_13_in_the_range_for_internal_use() -> None:
    for _ in range(1_000):
        barcode = make_barcode()
        assert len(barcode) == 13 and barcode[0] == "2"
        assert ean13_check_digit(barcode[:12]) == barcode[12]
    # The guide's first row carries a valid EAN-13.
    assert ean13_check_digit("743504702665") == "3"
