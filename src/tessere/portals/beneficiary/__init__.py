"""Beneficiaries: see balances, pay, print a bon."""
