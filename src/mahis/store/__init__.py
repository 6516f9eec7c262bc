"""The tables, one model a file; rows become domain values here."""
