from datetime import timedelta

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=15)


def wait_after(*, attempts: int) -> timedelta:
    """How long a mail rests after so many failed attempts: twice as long each time, to a limit."""
    return min(_FIRST_WAIT * 2 ** min(attempts - 1, 10), _LONGEST_WAIT)
