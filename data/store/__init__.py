"""The store: its tables, how it is opened, read, written and journaled."""
