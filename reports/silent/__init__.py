"""Who owes something and records nothing."""
