"""People entitled to the aid, and the accounts that act for them.

Tables: beneficiaries_beneficiary, beneficiaries_account. Invariant: an account acts for a person at
most once; a person may have no account at all.
"""
