"""The outbox: one row for each mail, written in the transaction of its cause, sent after commit.

Table: notifications_outbox_mail. Invariants: one row makes one mail; sending is tried again until
it succeeds, with the same Message-ID; a mail server that is down delays a mail and nothing else.
"""
