"""A real OpenID provider of our own with invented persons, for the demo and the journeys."""
