from django.db import migrations, models

import tessere.foundation.db.models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_change")]
    operations = [
        migrations.CreateModel(
            name="SeenMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.BigIntegerField()),
                ("topic", models.CharField(max_length=60)),
                ("seen_until", models.DateTimeField()),
                ("tenant", tessere.foundation.db.models.TenantKey()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "user_id", "topic"), name="notifications_seen_mark_once"
                    )
                ],
            },
        ),
    ]
