"""Database connections of work that no request began."""

from collections.abc import Callable

from django.db import close_old_connections


def with_fresh_connection(work: Callable[[], int]) -> int:
    """Do a piece of work on a connection of its own, given back at the end."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()
