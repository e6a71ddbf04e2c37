"""Commands of the ladder: its policy, and the register of its notices."""
