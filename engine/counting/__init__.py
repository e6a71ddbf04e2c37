"""Verdicts of large stores, counted in columns."""
