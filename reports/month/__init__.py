"""The tables of a month or another span."""
