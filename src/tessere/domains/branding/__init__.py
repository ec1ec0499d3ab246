"""How a tenant looks and whom to ask: name, slogan, logo, colours, contact points, legal pages.

Tables: branding_brand, branding_contact_point, branding_legal_page. Invariant: one brand a tenant,
with colours that passed the contrast check when they were saved.
"""
