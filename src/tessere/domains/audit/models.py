from django.db import models
from django.db.models.functions import Cast

from tessere.foundation.db.models import WalledModel


class _CurrentTransaction(models.Func):
    function = "pg_current_xact_id"
    template = "%(function)s()"
    output_field = models.CharField()


class AuditEvent(WalledModel):
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    user_id = models.BigIntegerField(null=True)
    audience = models.CharField(max_length=20)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=45, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    transaction = models.BigIntegerField(
        db_default=Cast(Cast(_CurrentTransaction(), models.TextField()), models.BigIntegerField())
    )

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "subject", "id"], name="audit_event_subject"),
            models.Index(fields=["tenant", "transaction", "id"], name="audit_event_transaction"),
        ]


class AuditSeal(WalledModel):
    after_transaction = models.BigIntegerField()
    until_transaction = models.BigIntegerField()
    events = models.IntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "after_transaction"], name="audit_seal_one_successor"
            ),
        ]
