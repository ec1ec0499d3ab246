from datetime import timedelta

# A mail that fails by itself, refused or unreadable, is tried so often, over some eight hours.
TRIES = 10
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)

# While the mail server is away, mails are tried again sooner, and for as long as it takes.
_SHORTEST_REST = timedelta(seconds=5)
_LONGEST_REST = timedelta(minutes=15)

# Messages of the public to a tenant in an hour: more than any town has, fewer than a flood.
MESSAGES_AN_HOUR = 30

# What was mailed, or given up, is personal and of no more use after a quarter.
KEPT_FOR = timedelta(days=90)


def wait_after(*, attempts: int) -> timedelta:
    """How long a mail waits after so many failures of its own: twice as long each time."""
    return min(_FIRST_WAIT * 2 ** min(attempts - 1, TRIES), _LONGEST_WAIT)


def rest_at_age(age: timedelta) -> timedelta:
    """How long a mail rests when the server is away: as long as it has waited already."""
    return min(max(age, _SHORTEST_REST), _LONGEST_REST)
