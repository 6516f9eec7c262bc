"""What the rules of mandates say, in plain Python: no database, no clock, no framework."""
