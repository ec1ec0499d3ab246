from django.db import migrations

from tessere.foundation.db.crossing import tenants_where


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [
        tenants_where(
            "notifications_tenants_due",
            table="notifications_outboxmail",
            condition="sent_at IS NULL AND attempts < 10 AND due_at <= instant",
        ),
    ]
