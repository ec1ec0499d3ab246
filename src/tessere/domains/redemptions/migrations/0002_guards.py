from django.db import migrations

from tessere.foundation.db.guards import append_only, guarded_changes, never_deleted


class Migration(migrations.Migration):
    dependencies = [("redemptions", "0001_initial")]
    operations = [
        append_only("redemptions_cancellation"),
        never_deleted("redemptions_redemption"),
        guarded_changes(
            "redemptions_redemption",
            states={"accepted": ["cancelled"]},
            free=("partner_reference",),
        ),
    ]
