"""Programmes of an authority, their yearly vintages, the tree of themes, the benefits of a vintage.

Tables: programmes_programme, programmes_vintage, programmes_theme, programmes_benefit.
Invariants: a vintage belongs to one programme and has one fund account in the ledger; its first day
is not after its last; a closed vintage never opens again.
"""
