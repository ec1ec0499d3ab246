from django.db import models

from tessere.foundation.db.models import WalledForeignKey, WalledModel


class ExportFile(WalledModel):
    owner = models.CharField(max_length=60)
    requested_by = WalledForeignKey("identity.User")
    name = models.CharField(max_length=120)
    requested_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "owner", "-requested_at"],
                name="exports_export_file_owner",
            ),
        ]
