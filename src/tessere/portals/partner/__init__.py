"""Partners: accept, follow, cancel."""
