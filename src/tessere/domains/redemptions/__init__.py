"""Acceptances of value by partners and their cancellations, in every channel.

Tables: redemptions_redemption, redemptions_cancellation.
Invariants: an acceptance takes its value once, whatever is retried (key, number of the bon, state
of the purse); it is never edited or deleted: a mistake is undone by a cancellation that gives the
value back. `accept` handles one to n requests in a fixed number of statements (docs/algorithms).
"""
