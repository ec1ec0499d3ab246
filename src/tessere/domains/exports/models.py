from django.db import models
from django.db.models import Q

from tessere.domains.exports.types import ExportState, FileKind
from tessere.foundation.db.models import WalledForeignKey, WalledModel


class ExportFile(WalledModel):
    owner = models.CharField(max_length=60)
    requested_by = WalledForeignKey("identity.User")
    requested_at = models.DateTimeField()
    key = models.UUIDField()
    definition = models.CharField(max_length=60)
    parameters = models.JSONField()
    kind = models.CharField(max_length=5, choices=[(kind.value, kind.name) for kind in FileKind])
    title = models.CharField(max_length=110)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.name) for state in ExportState],
        default=ExportState.REQUESTED,
    )
    rows_total = models.IntegerField(null=True)
    rows_written = models.IntegerField(default=0)
    attempts = models.SmallIntegerField(default=0)
    # Whose turn it is to make the file, and until when others leave it alone.
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    file = WalledForeignKey("files.StoredFile", null=True)
    size_bytes = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "owner", "key"], name="exports_export_file_key_unique"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ExportState]),
                name="exports_export_file_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="ready", file__isnull=False) | (~Q(state="ready") & Q(file=None)),
                name="exports_export_file_ready_has_file",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "owner", "-requested_at", "-id"],
                name="exports_export_file_owner",
            ),
            models.Index(
                fields=["tenant", "id"],
                condition=Q(state__in=["requested", "running"]),
                name="exports_export_file_to_make",
            ),
            models.Index(fields=["tenant", "expires_at"], name="exports_export_file_expiry"),
        ]
