"""What each door does: tenant from the host, session, actor, permission, read-only GET, refusal."""
