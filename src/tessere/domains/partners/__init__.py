"""Structures that accept titles: their record, members, bank accounts and agreements.

Tables: partners_partner, partners_member, partners_bank_account, partners_agreement,
partners_agreement_benefit, partners_code_guess.
Invariants: a partner's code has nine digits and never changes; an agreement belongs to one vintage
and carries the payable account of its partner with the vintage's payer; dates of an agreement
follow each other (decision D16).
"""
