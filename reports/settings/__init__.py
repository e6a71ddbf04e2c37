"""What is set of an office, and what papers still lack."""
