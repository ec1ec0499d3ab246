"""PostgreSQL with the tenant as a wall, and tables that only grow."""
