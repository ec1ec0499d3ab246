from django.db import models

from tessere.foundation.db.models import WalledForeignKey, WalledModel


class StoredFile(WalledModel):
    media_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "digest"], name="files_stored_file_digest")]


class FileChunk(WalledModel):
    file = WalledForeignKey(StoredFile, db_index=False)
    position = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "file", "position"], name="files_file_chunk_position"
            ),
        ]
