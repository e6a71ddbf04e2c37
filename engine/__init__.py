"""Judging: what each duty asks of each holder, what counts for it, and what follows from that."""
