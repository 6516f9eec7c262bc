"""A practice e-Box: takes what the real one takes, refuses the rest, and fails when told to."""
