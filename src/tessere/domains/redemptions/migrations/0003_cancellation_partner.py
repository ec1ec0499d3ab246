import django.db.models.deletion
from django.db import migrations, models

import tessere.foundation.db.models

# The guard yields once, to the owner, for the column that is new: nothing that was written changes.
_FILL = """
ALTER TABLE redemptions_cancellation DISABLE TRIGGER redemptions_cancellation_append_only;
UPDATE redemptions_cancellation cancellation SET partner_id = operation.partner_id
FROM redemptions_redemption operation
WHERE operation.tenant_id = cancellation.tenant_id AND operation.id = cancellation.redemption_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE redemptions_cancellation ENABLE TRIGGER redemptions_cancellation_append_only;
"""


def _partner(*, null: bool) -> tessere.foundation.db.models.WalledForeignKey:
    return tessere.foundation.db.models.WalledForeignKey(
        db_index=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="partners.partner",
    )


class Migration(migrations.Migration):
    dependencies = [("redemptions", "0002_guards")]
    operations = [
        migrations.AddField("cancellation", "partner", _partner(null=True)),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AlterField("cancellation", "partner", _partner(null=False)),
        migrations.AddIndex(
            model_name="cancellation",
            index=models.Index(
                fields=["tenant", "partner", "-cancelled_at", "-id"],
                name="redemptions_cancellation_newest",
            ),
        ),
    ]
