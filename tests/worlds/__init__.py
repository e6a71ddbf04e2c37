"""Random small worlds of every kind, the same for the same seed."""
