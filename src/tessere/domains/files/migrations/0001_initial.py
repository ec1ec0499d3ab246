import django.db.models.deletion
from django.db import migrations, models

import tessere.foundation.db.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("media_type", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("size_bytes", models.BigIntegerField()),
                ("stored_at", models.DateTimeField()),
                ("tenant", tessere.foundation.db.models.TenantKey()),
            ],
        ),
        migrations.CreateModel(
            name="FileChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.IntegerField()),
                ("content", models.BinaryField()),
                ("tenant", tessere.foundation.db.models.TenantKey()),
                (
                    "file",
                    tessere.foundation.db.models.WalledForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["tenant", "digest"], name="files_stored_file_digest"),
        ),
        migrations.AddConstraint(
            model_name="filechunk",
            constraint=models.UniqueConstraint(
                fields=("tenant", "file", "position"), name="files_file_chunk_position"
            ),
        ),
    ]
