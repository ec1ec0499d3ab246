from django.db import migrations, models


class Migration(migrations.Migration):
    """Hours get a form; words that were written by hand are kept while they have none."""

    dependencies = [("branding", "0001_initial")]
    operations = [
        migrations.RenameField("contactpoint", "hours", "hours_text"),
        # A change of type rewrites every row, of every tenant: an UPDATE would meet the wall.
        migrations.RunSQL(
            sql=(
                "ALTER TABLE branding_contactpoint ALTER COLUMN hours_text TYPE varchar(401)"
                " USING hours_text || CASE exceptions WHEN '' THEN ''"
                " ELSE E'\\n' || exceptions END"
            ),
            reverse_sql=migrations.RunSQL.noop,
            state_operations=[
                migrations.AlterField(
                    "contactpoint", "hours_text", models.CharField(blank=True, max_length=401)
                )
            ],
        ),
        migrations.RemoveField("contactpoint", "exceptions"),
        migrations.AddField("contactpoint", "opening", models.JSONField(default=list)),
        migrations.AddField("contactpoint", "closures", models.JSONField(default=list)),
    ]
