"""Anyone: find a partner, sign in, ask for affiliation."""
