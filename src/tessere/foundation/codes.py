"""Numbers that people read aloud, type and scan (decision D14).

A number has 9 characters of Crockford's base 32: 8 random ones and a check character. The check is
a weighted sum over the field of 32 elements: position i weighs a**i with a primitive a, so every
single wrong character and every swap of two characters is caught.
"""

import hashlib
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 9
BARCODE_LENGTH = 13
PARTNER_CODE_LENGTH = 9

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = dict.fromkeys(map(ord, " \t\u00a0\u202f-."))
_PRIMITIVE_POLYNOMIAL = 0b100101


_SYSTEM_RANDOM = secrets.SystemRandom()
_draw: ContextVar[random.Random] = ContextVar("draw", default=_SYSTEM_RANDOM)


@contextmanager
def drawn_from(source: random.Random) -> Iterator[None]:
    """Draw numbers from another source than the system's randomness: demonstrations alone do."""
    token = _draw.set(source)
    try:
        yield
    finally:
        _draw.reset(token)


class InvalidNumber(ValueError):
    """The text cannot be a number: wrong length, wrong character or wrong check character."""


class InvalidPartnerCode(ValueError):
    """The text is not a partner code: nine digits."""


def _times_a(value: int) -> int:
    value <<= 1
    return value ^ _PRIMITIVE_POLYNOMIAL if value & 0b100000 else value


def _check_character(body: str) -> str:
    total = 0
    for character in body:
        total = _times_a(total ^ _VALUES[character])
    return ALPHABET[total]


def make_number() -> str:
    """Draw a new number from the system's randomness."""
    bits = _draw.get().getrandbits(5 * (NUMBER_LENGTH - 1))
    body = "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 5 * (NUMBER_LENGTH - 1), 5))
    return body + _check_character(body)


def tidy_number(text: str) -> str:
    """Forgive case, spaces, hyphens, O for 0, I and L for 1; the result may still be wrong."""
    return text.translate(_SEPARATORS).upper().translate(_FORGIVEN)


def read_number(text: str) -> str:
    """Give the canonical form of a typed number, or raise InvalidNumber."""
    number = tidy_number(text)
    if (
        len(number) != NUMBER_LENGTH
        or any(character not in _VALUES for character in number)
        or _check_character(number[:-1]) != number[-1]
    ):
        raise InvalidNumber(text)
    return number


def make_partner_code() -> str:
    """Draw a public code of nine digits, leading zeros included."""
    return "".join(_draw.get().choice("0123456789") for _ in range(PARTNER_CODE_LENGTH))


def read_partner_code(text: str) -> str:
    """Give the nine digits of a typed code; spaces are forgiven, a missing digit is not."""
    code = text.translate(_SEPARATORS)
    if len(code) != PARTNER_CODE_LENGTH or not (code.isascii() and code.isdigit()):
        raise InvalidPartnerCode(text)
    return code


def partner_code_check(code: str) -> str:
    """Two characters that go with the code in a QR code, so that an altered code is noticed."""
    digest = hashlib.sha256(f"partner:{code}".encode()).digest()
    return ALPHABET[digest[0] & 31] + ALPHABET[digest[1] & 31]


def ean13_check_digit(first_twelve: str) -> str:
    """The check digit of an EAN-13."""
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(first_twelve))
    return str(-total % 10)


def make_barcode() -> str:
    """Draw an EAN-13 with prefix 2, reserved for circulation inside an organisation."""
    body = "2" + "".join(_draw.get().choice("0123456789") for _ in range(11))
    return body + ean13_check_digit(body)
