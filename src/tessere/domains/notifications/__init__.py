"""The outbox: what a transaction has to tell others, and how far each person has read.

Tables: notifications_outboxmail, one row for each mail; notifications_change, one row for each
transaction that changed what open pages show, deleted as it is announced; notifications_seenmark,
up to which instant a person has seen what happened about a topic. A notice is no row: higher rooms
read what happened, and what is newer than the mark is unread. Invariants:
one row makes one mail, always with the same Message-ID; a mail server that is down delays a mail
and nothing else; a mail that fails by itself is tried so often and then given up, with a line in
the log, and keeps no other waiting; a change is announced to its tenant's open pages alone; a mark
never moves back.
"""
