"""Tenants, their hosts, and the authorities inside them.

Tables: tenants_tenant (no wall: it is looked up before a tenant is known), tenants_authority.
Invariants: a host names one tenant; an authority's SIREN is unique within its tenant.
"""
