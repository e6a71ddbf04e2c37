"""Days: periods and their labels, windows, working days, limits, stretches."""
