"""The register of notices, as a table and whole."""
