"""Stand-ins for outside systems, for the demonstration and the journeys only."""
