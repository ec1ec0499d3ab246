"""The real application, made to die: SIGKILL before its n-th step of a request.

A step is a statement, a commit about to happen, a commit that has just happened. The request says
when to die by the header `X-Die-At`. Each line on standard input starts a server by forking this
process, which has loaded everything; its port is the answer.
"""

import os
import signal
import socket
import sys

import uvicorn
from django.db.backends.signals import connection_created

from tessere.config.asgi import application
from tessere.foundation.db.wall.base import DatabaseWrapper


class Fate:
    """How many steps the present request may still take; None for any number."""

    left: int | None = None

    @classmethod
    def step(cls) -> None:
        if cls.left is None:
            return
        cls.left -= 1
        if cls.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _count(execute, sql, params, many, context):
    Fate.step()
    return execute(sql, params, many, context)


def _watch(sender, connection, **_):
    if _count not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count)


_commit = DatabaseWrapper._commit


def _watched_commit(self):
    Fate.step()
    result = _commit(self)
    Fate.step()
    return result


async def mortal(scope, receive, send):
    if scope["type"] == "http":
        said = dict(scope["headers"]).get(b"x-die-at")
        Fate.left = int(said) if said else None
    await application(scope, receive, send)


def main() -> None:
    connection_created.connect(_watch)
    DatabaseWrapper._commit = _watched_commit
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        child = os.fork()
        if child == 0:
            config = uvicorn.Config(mortal, lifespan="off", log_level="error", ws="none")
            uvicorn.Server(config).run(sockets=[listener])
            os._exit(0)
        print(listener.getsockname()[1], child, flush=True)
        listener.close()


if __name__ == "__main__":
    main()
