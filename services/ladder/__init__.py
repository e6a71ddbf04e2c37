"""The ladder of an office: its policy, and the register of its notices."""
