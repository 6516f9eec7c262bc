"""What people look up, one look-up a file."""
