"""Throw-away certificates, the services around them, and a card that signs: demo and tests only."""
