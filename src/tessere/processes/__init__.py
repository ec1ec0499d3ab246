"""Use cases that have no single owner."""
