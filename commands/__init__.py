"""The commands, a module for each subject; `cli.py` puts them together."""
