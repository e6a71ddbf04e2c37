"""From a file that somebody hands in to checked rows."""
