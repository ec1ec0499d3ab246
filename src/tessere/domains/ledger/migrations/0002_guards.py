from django.db import migrations

from tessere.foundation.db.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        append_only("ledger_account"),
        append_only("ledger_posting"),
        append_only("ledger_transfer"),
    ]
