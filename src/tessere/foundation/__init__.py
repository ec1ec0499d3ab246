"""Ground floor: money, codes, time, actors, tenants, use cases, the database. Imports nothing of ours."""
