"""The journal: who did what, to what, when, on whose behalf, from where.

Tables: audit_event, audit_seal; both append-only. People are plain ids: the journal refers to no
room. Invariant: each seal chains the hash of the events of a range of transactions to the seal
before it, so that a changed or missing event is noticed.
"""
