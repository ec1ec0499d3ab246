"""Password hashes: slow and large on purpose, so made few at a time and without a connection.

No transaction is open while a hash is made: what was read before is read again, and judged, in the
transaction that acts on the result. The parameters are those of OWASP's cheat sheet (ADR 0007).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password, verify_password
from django.db import connection

from tessere.domains.identity.types import TooManyHashes

# One for each processor: more would only make each other slower, and take 19 MiB each.
AT_ONCE = os.cpu_count() or 1
LONGEST_WAIT_SECONDS = 10.0
_turns = BoundedSemaphore(AT_ONCE)


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id in 19 MiB, twice over, on one processor; Django's own takes 100 MiB on eight."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What came of holding a password against a hash.

    `renewed` is a fresh hash of the same password when it was right and the hash out of date.
    """

    against: str
    holds: bool
    renewed: str = ""


def prove(*, password: str, against: str | None) -> Proof:
    """Hold a password against a hash, or against nobody's at the same cost. Errors: TooManyHashes.

    Django itself spends one hash on a password that is unusable.
    """
    known = make_password(None) if against is None else against
    with _turn():
        holds, outdated = verify_password(password, known)
        renewed = make_password(password) if holds and outdated else ""
    return Proof(against=known, holds=holds, renewed=renewed)


def hashed(password: str) -> str:
    """The hash to keep of a password. Errors: TooManyHashes."""
    with _turn():
        return make_password(password)


@contextmanager
def _turn() -> Iterator[None]:
    if not connection.in_atomic_block:
        # To the pool, where others need it more than who waits here.
        connection.close()
    if not _turns.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise TooManyHashes
    try:
        yield
    finally:
        _turns.release()
