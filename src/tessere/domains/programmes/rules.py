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


def runs_ahead(*, day: int, today: date) -> tuple[date, ...]:
    """The runs that take what waits today: today's on its own day, for what was accepted before.

    The next one takes all the rest, what an earlier run missed included (decision D1).
    """
    following = next_run(day=day, today=today)
    runs_today = today == _run_of(day, today.year, today.month)
    return (today, following) if runs_today else (following,)


def _run_of(day: int, year: int, month: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
