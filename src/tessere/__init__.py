"""Tessère: an open platform for social vouchers."""
