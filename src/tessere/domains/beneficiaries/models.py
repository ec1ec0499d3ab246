from django.db import models

from tessere.domains.beneficiaries.types import Relation
from tessere.foundation.db.models import WalledForeignKey, WalledModel
from tessere.foundation.db.text import folded_column


class Beneficiary(WalledModel):
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField(max_length=254, blank=True)
    wants_mail = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    folded_name = folded_column("first_name", "last_name")

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name.upper()}"


class Account(WalledModel):
    beneficiary = WalledForeignKey(Beneficiary)
    user = WalledForeignKey("identity.User", db_index=False)
    relation = models.CharField(
        max_length=10,
        choices=[(relation.value, relation.name) for relation in Relation],
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "beneficiary"],
                name="beneficiaries_account_once",
            ),
        ]
