"""The records of an office: what was done, by whom, and who held which post."""
