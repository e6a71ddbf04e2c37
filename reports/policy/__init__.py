"""The ladder and what it would fire, as tables."""
