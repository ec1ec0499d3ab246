import django.db.models.deletion
from django.db import migrations, models

import tessere.domains.exports.types
import tessere.foundation.db.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("identity", "0001_initial"),
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.CharField(max_length=60)),
                ("requested_at", models.DateTimeField()),
                ("key", models.UUIDField()),
                ("definition", models.CharField(max_length=60)),
                ("parameters", models.JSONField()),
                (
                    "kind",
                    models.CharField(choices=[("csv", "CSV"), ("xlsx", "XLSX")], max_length=5),
                ),
                ("title", models.CharField(max_length=110)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "REQUESTED"),
                            ("running", "RUNNING"),
                            ("ready", "READY"),
                            ("failed", "FAILED"),
                        ],
                        default=tessere.domains.exports.types.ExportState["REQUESTED"],
                        max_length=10,
                    ),
                ),
                ("rows_total", models.IntegerField(null=True)),
                ("rows_written", models.IntegerField(default=0)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("claim", models.UUIDField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("size_bytes", models.BigIntegerField(default=0)),
                ("expires_at", models.DateTimeField()),
                (
                    "file",
                    tessere.foundation.db.models.WalledForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "requested_by",
                    tessere.foundation.db.models.WalledForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.user",
                    ),
                ),
                ("tenant", tessere.foundation.db.models.TenantKey()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["tenant", "owner", "-requested_at", "-id"],
                        name="exports_export_file_owner",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["requested", "running"])),
                        fields=["tenant", "id"],
                        name="exports_export_file_to_make",
                    ),
                    models.Index(
                        fields=["tenant", "expires_at"], name="exports_export_file_expiry"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "owner", "key"), name="exports_export_file_key_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["requested", "running", "ready", "failed"])
                        ),
                        name="exports_export_file_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("state", "ready")),
                            models.Q(models.Q(("state", "ready"), _negated=True), ("file", None)),
                            _connector="OR",
                        ),
                        name="exports_export_file_ready_has_file",
                    ),
                ],
            },
        ),
    ]
