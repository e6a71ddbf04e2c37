"""The sheet for a change of post."""
