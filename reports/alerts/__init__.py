"""What the policy concludes, as a table."""
