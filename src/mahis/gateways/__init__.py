"""The outside systems, one file each; their languages and types stay in it."""
