from django.db import migrations, models


class Migration(migrations.Migration):
    """A name that fits under an icon; those of brands that are there begin like their name."""

    dependencies = [("branding", "0003_legal_page")]
    operations = [
        migrations.AddField(
            "brand", "short_name", models.CharField(max_length=12, default=""), False
        ),
        # A change of type rewrites every row, of every tenant: an UPDATE would meet the wall.
        migrations.RunSQL(
            sql=(
                "ALTER TABLE branding_brand ALTER COLUMN short_name TYPE varchar(12)"
                " USING btrim(left(btrim(name), 12))"
            ),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
