"""Ground floor: money, codes, time, actors, tenants, use cases, database. Imports none of ours."""
