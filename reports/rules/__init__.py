"""The duties and their words, for reading."""
