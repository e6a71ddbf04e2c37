"""What became of a document's sentences."""
