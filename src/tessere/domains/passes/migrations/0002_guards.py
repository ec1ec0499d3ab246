from django.db import migrations

from tessere.foundation.db.guards import append_only, guarded_changes, never_deleted


class Migration(migrations.Migration):
    dependencies = [("passes", "0001_initial")]
    operations = [
        append_only("passes_grant"),
        never_deleted("passes_purse"),
        never_deleted("passes_exchangevoucher"),
        guarded_changes(
            "passes_exchangevoucher",
            states={"issued": ["redeemed", "cancelled", "expired"]},
            set_once=("ended_at",),
        ),
    ]
