"""The outside world: everything that talks to another program, a file format or a network."""
