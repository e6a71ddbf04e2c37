"""How help and refusals of the command line are written and laid out."""
