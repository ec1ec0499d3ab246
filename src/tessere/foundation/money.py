"""Whole euro cents, as people write them and as they read them."""

import re

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
LARGEST_AMOUNT_CENTS = 100_000_000

_AMOUNT = re.compile(r"(?P<euros>\d{1,3}(?:[ \u00a0\u202f]?\d{3})*|\d+)(?:[.,](?P<cents>\d{1,2}))?")


class InvalidAmount(ValueError):
    """The text is not a positive amount of euros with at most two decimals."""


def parse_euros(text: str) -> int:
    """Read an amount typed by a person and give it in cents.

    `9`, `9,5`, `9.50` and `1 234,50 €` are amounts; zero, signs, exponents, letters and a third
    decimal are not (conformance S1-69).
    """
    bare = text.strip().removesuffix("€").strip()
    match = _AMOUNT.fullmatch(bare)
    if match is None or (not bare.isascii() and re.search(r"[^\d.,\s]", bare)):
        raise InvalidAmount(text)
    euros = re.sub(r"\D", "", match["euros"])
    if not euros.isascii() or len(euros) > 9:
        raise InvalidAmount(text)
    cents = int(euros) * 100 + int((match["cents"] or "0").ljust(2, "0"))
    if not 0 < cents <= LARGEST_AMOUNT_CENTS:
        raise InvalidAmount(text)
    return cents


def format_count(number: int) -> str:
    """Write a whole number the French way: `1 234`."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def format_euros(cents: int, *, short: bool = False) -> str:
    """Write cents the French way: `1 234,50 €`; `short` drops the decimals of a round amount."""
    sign = "\u2212" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    whole = format_count(euros)
    decimals = "" if short and rest == 0 else f",{rest:02d}"
    return f"{sign}{whole}{decimals}{NO_BREAK_SPACE}€"
