"""Users of a tenant, their sessions, passwords and sign-in.

Tables: identity_user, identity_session, identity_sign_in_throttle.
Invariants: an e-mail address, in lower case, names one user of a tenant; a user who was not
activated cannot sign in; a password follows the guide's rule; a throttle slows and never bars
for good.
"""
