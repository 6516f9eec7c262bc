"""Hostile and wrong files, all made here: the table of what must be refused, and why."""
