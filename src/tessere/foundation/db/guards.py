"""Migration operations for tables whose history nobody may change, not even the owner."""

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from tessere.foundation.db.roles import APP_ROLE


def append_only(table: str) -> Operation:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, by privilege and by trigger."""
    return RunSQL(
        f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE};
        CREATE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{table} is append-only: % refused', TG_OP
                USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_change();
        """,
        f"""
        DROP TRIGGER {table}_append_only ON {table};
        DROP FUNCTION {table}_refuse_change();
        GRANT UPDATE, DELETE ON {table} TO {APP_ROLE};
        """,
    )


def never_deleted(table: str) -> Operation:
    """Refuse DELETE and TRUNCATE on a table whose rows change state but never leave."""
    return RunSQL(
        f"""
        REVOKE DELETE, TRUNCATE ON {table} FROM {APP_ROLE};
        CREATE FUNCTION {table}_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{table} is kept for ever: % refused', TG_OP
                USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER {table}_never_deleted BEFORE DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_delete();
        """,
        f"""
        DROP TRIGGER {table}_never_deleted ON {table};
        DROP FUNCTION {table}_refuse_delete();
        GRANT DELETE ON {table} TO {APP_ROLE};
        """,
    )


def guarded_changes(
    table: str,
    *,
    states: dict[str, list[str]],
    free: tuple[str, ...] = (),
    set_once: tuple[str, ...] = (),
) -> Operation:
    """Let a row change only its `status` along `states` and the columns in `free`.

    Columns in `set_once` may go from NULL to a value. Every other change of a column and every
    other step of the status is refused by the database.
    """
    steps = " OR ".join(
        f"(OLD.status = '{old}' AND NEW.status = '{new}')"
        for old, news in states.items()
        for new in news
    )
    changing = ", ".join(f"'{column}'" for column in ("status", *free, *set_once))
    once = "".join(
        f"""
            IF OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column} THEN
                RAISE EXCEPTION '{table}.{column} is set once' USING ERRCODE = 'restrict_violation';
            END IF;"""
        for column in set_once
    )
    return RunSQL(
        f"""
        CREATE FUNCTION {table}_check_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.status <> NEW.status AND NOT ({steps or "false"}) THEN
                RAISE EXCEPTION '{table}: % to % is not a step', OLD.status, NEW.status
                    USING ERRCODE = 'restrict_violation';
            END IF;{once}
            IF to_jsonb(OLD) - ARRAY[{changing}]::text[]
                    IS DISTINCT FROM to_jsonb(NEW) - ARRAY[{changing}]::text[] THEN
                RAISE EXCEPTION '{table}: only {changing.replace("'", "")} may change'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER {table}_guarded_changes BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_check_change();
        """,
        f"""
        DROP TRIGGER {table}_guarded_changes ON {table};
        DROP FUNCTION {table}_check_change();
        """,
    )
