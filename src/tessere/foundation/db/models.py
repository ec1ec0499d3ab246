"""Base of every model that belongs to a tenant."""

from typing import Any, Self

from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact

from tessere.foundation.tenancy import current_tenant_id, required_tenant_id


class WalledQuerySet(models.QuerySet[Any]):
    """Rows of the tenant in context; none without one."""


class WalledManager(models.Manager.from_queryset(WalledQuerySet)):  # type: ignore[misc]
    """Filters by tenant beside the policy, since a distributed FOR UPDATE wants the filter."""

    def get_queryset(self) -> models.QuerySet[Any]:
        tenant_id = current_tenant_id()
        queryset = super().get_queryset()
        return queryset.none() if tenant_id is None else queryset.filter(tenant_id=tenant_id)


class TenantKey(models.ForeignKey):
    """The tenant of a row, filled from the context.

    No constraint in the database: every insert of every tenant would lock the same row of
    `tenants_tenant`, and the policy refuses any tenant but the one in context.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {
            "to": "tenants.Tenant",
            "on_delete": models.PROTECT,
            "related_name": "+",
            "db_constraint": False,
            "db_index": False,
            "default": required_tenant_id,
            "editable": False,
        }
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, _kwargs = super().deconstruct()
        return name, path, args, {}


class WalledForeignKey(models.ForeignKey):
    """A foreign key between two tables of one tenant: every join also equates the tenants."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)

    def get_extra_restriction(self, alias: Any, related_alias: Any) -> Any:
        mine: Any = self.model._meta.get_field("tenant")
        theirs: Any = self.remote_field.model._meta.get_field("tenant")
        return Exact(Col(related_alias, mine, mine), Col(alias, theirs, theirs))


class WalledModel(models.Model):
    """A row that belongs to a tenant."""

    tenant = TenantKey()

    objects = WalledManager()

    class Meta:
        abstract = True

    @classmethod
    def locked(cls, ids: Any) -> Any:
        """Lock rows in id order, the one order of the whole platform, and give them by id."""
        rows = cls.objects.filter(pk__in=set(ids)).order_by("pk").select_for_update(of=("self",))
        return {row.pk: row for row in rows}

    def refreshed(self) -> Self:
        """The same row as the database has it now."""
        self.refresh_from_db()
        return self
