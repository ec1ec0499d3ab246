import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0001_initial"),
        ("files", "0002_longer_media_type"),
    ]

    # No row can be there: until now nothing wrote into this table.
    operations = [
        migrations.AddField(
            model_name="exportfile",
            name="key",
            field=models.UUIDField(default=uuid.uuid4),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exportfile",
            name="request_digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exportfile",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exportfile",
            name="media_type",
            field=models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exportfile",
            name="size_bytes",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="exportfile",
            constraint=models.UniqueConstraint(
                fields=("tenant", "owner", "key"), name="exports_export_file_key_unique"
            ),
        ),
    ]
