from django.db import migrations, models

import tessere.foundation.db.models
from tessere.foundation.db.crossing import tenants_where


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_tenants_due")]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topics", models.TextField()),
                ("tenant", tessere.foundation.db.models.TenantKey()),
            ],
            options={"abstract": False},
        ),
        tenants_where(
            "notifications_tenants_changed", table="notifications_change", condition="true"
        ),
    ]
