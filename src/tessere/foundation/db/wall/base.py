"""Connection: the outermost transaction begins by telling the database which tenant it serves."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from tessere.foundation.db.wall.schema import WallSchemaEditor
from tessere.foundation.tenancy import current_tenant_id


class QueryOutsideTransaction(RuntimeError):
    """A tenant's query ran outside a transaction, where the wall would silently show no row."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection, with `SET LOCAL app.tenant` in every transaction."""

    SchemaEditorClass = WallSchemaEditor

    _connecting = False

    def init_connection_state(self) -> None:
        # Django asks the server for its version here, in autocommit: no tenant's row is concerned.
        self._connecting = True
        try:
            super().init_connection_state()
        finally:
            self._connecting = False

    def set_autocommit(
        self,
        autocommit: bool,
        force_begin_transaction_with_broken_autocommit: bool = False,
    ) -> None:
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if not autocommit and current_tenant_id() is not None:
            self._tell_tenant()

    def follow_tenant(self) -> None:
        """Tell an open transaction that the tenant in context has changed."""
        if self.connection is None or not self.in_atomic_block:
            return
        # A failed transaction takes no statement; its rollback brings the former tenant back.
        if self.connection.info.transaction_status != TransactionStatus.INERROR:
            self._tell_tenant()

    def _tell_tenant(self) -> None:
        if self.connection is None:
            return
        tenant_id = current_tenant_id()
        value = "" if tenant_id is None else str(int(tenant_id))
        with self.connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL app.tenant = '{value}'")

    def create_cursor(self, name: str | None = None) -> Any:
        if not self._connecting and self.autocommit and current_tenant_id() is not None:
            raise QueryOutsideTransaction
        return super().create_cursor(name)
