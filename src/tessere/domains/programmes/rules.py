from calendar import monthrange
from datetime import date, timedelta


def next_run(*, day: int, today: date) -> date:
    """The automatic run that takes what is accepted today (decision D1).

    A run takes what was accepted before its own day began: on the day itself the next one is meant.
    A month shorter than the day runs on its last.
    """
    this_month = _run_of(day, today.year, today.month)
    if today < this_month:
        return this_month
    following = today.replace(day=1) + timedelta(days=32)
    return _run_of(day, following.year, following.month)


def last_run(*, day: int, today: date) -> date:
    """The automatic run before the next one: today's on its own day.

    It takes what was accepted before its day began, also when it is late (decision D1).
    """
    this_month = _run_of(day, today.year, today.month)
    if today >= this_month:
        return this_month
    before = today.replace(day=1) - timedelta(days=1)
    return _run_of(day, before.year, before.month)


def _run_of(day: int, year: int, month: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
