"""What a beneficiary holds: a pass in a vintage, a purse for each benefit, grants, bons d'échange.

Tables: passes_pass, passes_purse, passes_grant, passes_exchange_voucher.
Invariants: a purse's granted, held and spent cents are never negative and never exceed what was
granted; they change in the transaction of the transfers that explain them; a voucher goes from
issued to exactly one of redeemed, cancelled, expired.
"""
