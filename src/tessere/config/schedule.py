"""What happens by itself, in the worker.

`RELAYS` are functions that pass on what transactions left in an outbox. Each takes nothing and
gives the number of entries it dealt with; it is called again at once while there are some, else
after a second. Several workers may call the same one at a time: it locks the rows that it takes.

Recurring work is a periodic task of procrastinate, declared here and calling a room's `tasks`.
"""

from collections.abc import Callable

RELAYS: tuple[Callable[[], int], ...] = ()
