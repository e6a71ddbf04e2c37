"""The commands, group by group; `cli.py` is the door."""
