from django.db import migrations

from tessere.foundation.db.text import folded_column


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0001_initial"),
        ("tenants", "0002_folded_text"),
    ]
    operations = [
        migrations.AddField(
            model_name="beneficiary",
            name="folded_name",
            field=folded_column("first_name", "last_name"),
        ),
    ]
