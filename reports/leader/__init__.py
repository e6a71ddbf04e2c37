"""One person's whole record."""
