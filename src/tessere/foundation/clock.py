"""The only place that reads the clock. Everything else is told what time it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """The calendar day of an instant in France."""
    return instant.astimezone(PARIS).date()


def start_of_day(day: date) -> datetime:
    """Midnight in France at the start of a day."""
    return datetime.combine(day, time.min, PARIS)


def end_of_day(day: date) -> datetime:
    """The first instant that no longer belongs to the day: an exclusive bound."""
    return start_of_day(day + timedelta(days=1))
