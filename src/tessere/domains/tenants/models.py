from django.db import models

from tessere.foundation.db.models import WalledModel


class Tenant(models.Model):
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    host = models.CharField(max_length=253)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="tenants_tenant_slug_unique"),
            models.UniqueConstraint(fields=["host"], name="tenants_tenant_host_unique"),
            models.CheckConstraint(
                condition=models.Q(host__regex=r"^[a-z0-9.-]+$"),
                name="tenants_tenant_host_plain",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Authority(WalledModel):
    name = models.CharField(max_length=140)
    siren = models.CharField(max_length=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "siren"], name="tenants_authority_siren_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name
