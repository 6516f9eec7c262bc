"""The tables: the only room that knows rows; here rows become domain values."""
