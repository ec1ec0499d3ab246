"""The rooms. Each imports only rooms that design section 2 lists above it."""
