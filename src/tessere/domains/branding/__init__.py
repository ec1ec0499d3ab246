"""How a tenant looks and whom to ask: name, slogan, logo, colours, contact points.

Tables: branding_brand, branding_contact_point. Invariant: one brand a tenant, with colours that
passed the contrast check when they were saved.
"""
