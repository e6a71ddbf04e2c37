"""The duties, as declarative files: what each clause asks, of whom, how often or by when."""
