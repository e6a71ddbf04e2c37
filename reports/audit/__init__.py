"""An audit: the terminal's page, its statistics, its table of verdicts."""
