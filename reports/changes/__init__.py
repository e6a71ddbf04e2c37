"""What a decision changes."""
