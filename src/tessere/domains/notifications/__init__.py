"""The outbox: one row for each mail, written in the transaction of its cause, sent after commit.

Table: notifications_outbox_mail. Invariants: one row makes one mail, always with the same
Message-ID; a mail server that is down delays a mail and nothing else; a mail that fails by itself
is tried so often and then given up, with a line in the log, and keeps no other waiting.
"""
