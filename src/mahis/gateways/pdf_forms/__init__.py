"""Making the form of an authorisation."""
