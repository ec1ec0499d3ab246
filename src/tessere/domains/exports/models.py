from django.db import models

from tessere.foundation.db.models import WalledForeignKey, WalledModel


class ExportFile(WalledModel):
    owner = models.CharField(max_length=60)
    requested_by = WalledForeignKey("identity.User")
    name = models.CharField(max_length=120)
    requested_at = models.DateTimeField()
    key = models.UUIDField()
    request_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "owner", "key"], name="exports_export_file_key_unique"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "owner", "-requested_at"],
                name="exports_export_file_owner",
            ),
        ]
