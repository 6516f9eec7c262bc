"""What people do, one act a file; each owns its transaction."""
