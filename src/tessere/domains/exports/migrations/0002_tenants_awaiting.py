from django.db import migrations

from tessere.foundation.db.crossing import tenants_where


class Migration(migrations.Migration):
    dependencies = [("exports", "0001_initial")]
    operations = [
        tenants_where(
            "exports_tenants_awaiting",
            table="exports_exportfile",
            condition="state IN ('requested', 'running')"
            " AND (claimed_until IS NULL OR claimed_until < instant)",
        ),
        tenants_where(
            "exports_tenants_past", table="exports_exportfile", condition="expires_at <= instant"
        ),
    ]
