"""What the wall changes in the statements that Django makes from a model."""

from typing import Any

from django.db import models
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.models import Model

OWN_ROWS = "tenant_id = nullif(current_setting('app.tenant', true), '')::bigint"


def is_walled(model: type[Model]) -> bool:
    """Whether rows of this model belong to a tenant."""
    return any(
        field.name == "tenant" and field.remote_field is not None
        for field in model._meta.local_fields
    )


# The hooks that make keys and indexes are Django's own, which its published types leave out.
_DjangosEditor: Any = DatabaseSchemaEditor


class WallSchemaEditor(_DjangosEditor):
    """Rewrites tables, foreign keys and indexes of walled models; everything else is Django's.

    A walled table gets the primary key (tenant_id, id), foreign keys (tenant_id, x_id) to other
    walled tables, indexes that begin with tenant_id, and row-level security.
    """

    # Foreign keys of added columns must go through _create_fk_sql, too.
    sql_create_column_inline_fk = None

    def table_sql(self, model: type[Model]) -> tuple[str, list[Any]]:
        sql, params = super().table_sql(model)
        if is_walled(model):
            primary_key = self.quote_name(model._meta.pk.column)
            head, found, tail = sql.partition(" PRIMARY KEY")
            if not found:
                raise ValueError(f"{model._meta.label}: no inline primary key to widen")
            sql = f'{head}{tail[:-1]}, PRIMARY KEY ("tenant_id", {primary_key}))'
        return sql, params

    def create_model(self, model: type[Model]) -> None:
        super().create_model(model)
        if is_walled(model):
            table = self.quote_name(model._meta.db_table)
            self.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            self.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            self.execute(
                f"CREATE POLICY wall ON {table} USING ({OWN_ROWS}) WITH CHECK ({OWN_ROWS})"
            )

    def _create_fk_sql(self, model: type[Model], field: models.ForeignKey, suffix: str) -> Any:
        statement = super()._create_fk_sql(model, field, suffix)
        target = field.remote_field.model
        if is_walled(model) and is_walled(target):
            key = self.quote_name(target._meta.pk.column)
            statement.parts["column"] = f'"tenant_id", {self.quote_name(field.column)}'
            statement.parts["to_column"] = f'"tenant_id", {key}'
        return statement

    def _field_indexes_sql(self, model: type[Model], field: models.Field) -> list[Any]:
        if is_walled(model) and self._field_should_be_indexed(model, field):
            tenant = model._meta.get_field("tenant")
            return [self._create_index_sql(model, fields=[tenant, field])]
        return super()._field_indexes_sql(model, field)

    def _create_like_index_sql(self, model: type[Model], field: models.Field) -> Any:
        # An index for LIKE would begin with the text and span tenants; nothing searches so.
        return None if is_walled(model) else super()._create_like_index_sql(model, field)
