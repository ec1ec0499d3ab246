from django.db import models

from tessere.foundation.db.models import WalledModel


class StoredFile(WalledModel):
    media_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="files_stored_file_once"),
        ]
