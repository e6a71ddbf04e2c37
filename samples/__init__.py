"""The made-up worlds, and what `dutyclock demo` does with them."""
