"""Mandates between companies and their service providers, from draft to closed."""
