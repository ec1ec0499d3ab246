"""Settings, addresses, schedule and command line: the only storey that knows all the others."""
