"""Dates as French writes them."""

from datetime import UTC, date, datetime

import pytest

from tessere.domains.notifications.templatetags.mail import moment
from tessere.foundation.dates import date_long
from tessere.ui.text import date_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 1, 1), "1er\u00a0janvier 2027"),
        (date(2023, 8, 11), "11\u00a0août 2023"),
        (date(2026, 3, 21), "21\u00a0mars 2026"),
        (date(2026, 2, 2), "2\u00a0février 2026"),
    ],
)
def test_the_first_of_a_month_alone_is_an_ordinal(day: date, words: str) -> None:
    assert date_long(day) == words


def test_it_is_the_same_on_screens_and_in_mails() -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert date_words(eve) == "vendredi 1er\u00a0janvier 2027"
    assert moment(eve.isoformat()) == "1er\u00a0janvier 2027 à 00:30"
