"""What the command `tessere` can do: one module each, listed in `tessere.config.cli`.

A module says `HELP`, the database `ROLE` it needs ("app", "owner" or None: no database at all),
and `POOLED` when many of its threads need one; it may `add_arguments(parser)`, and does
`run(options) -> int`, the exit code. Django is ready when `run` is called, unless the role is None.
"""
