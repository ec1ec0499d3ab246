"""Double entry in whole euro cents.

Tables: ledger_account, ledger_posting, ledger_transfer; all append-only. A posting is one command
that moved value: it carries the caller's key and a digest of the request, so that a retry finds the
first answer. A transfer moves a positive amount from one account to another, so the books balance
by construction. Accounts refer to their owner by a plain text: the ledger knows no other room.
"""
