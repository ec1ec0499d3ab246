from django.db import migrations

# The dictionary is named in full: an index or a generated column must mean the same whatever the
# search path of who restores a backup.
_CREATE = """
CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent', $1)) $$
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]
    operations = [migrations.RunSQL(_CREATE, "DROP FUNCTION folded(text)")]
