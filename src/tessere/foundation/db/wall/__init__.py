"""Database backend: PostgreSQL with the tenant as a wall. See ADR 0003."""
