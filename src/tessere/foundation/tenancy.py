"""Which tenant the present work is for. The wall in the database follows this and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_tenant_id: ContextVar[int | None] = ContextVar("tenant_id", default=None)


class NoTenant(RuntimeError):
    """Work that belongs to a tenant was begun without one."""


def current_tenant_id() -> int | None:
    """The tenant of the present work, if any."""
    return _tenant_id.get()


def required_tenant_id() -> int:
    """The tenant of the present work; raises NoTenant without one."""
    tenant_id = _tenant_id.get()
    if tenant_id is None:
        raise NoTenant
    return tenant_id


@contextmanager
def tenant_context(tenant_id: int | None) -> Iterator[None]:
    """Work for one tenant (None: for none) until the block ends.

    Inside an open transaction the database is told at once and told back at the end.
    """
    from django.db import connection  # noqa: PLC0415  settings may not be ready at import

    wall: Any = connection
    token = _tenant_id.set(tenant_id)
    try:
        wall.follow_tenant()
        yield
    finally:
        _tenant_id.reset(token)
        wall.follow_tenant()
