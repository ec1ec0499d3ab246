"""What every door does: tenant from the host, session, actor, permission, read-only GET, refusals."""
