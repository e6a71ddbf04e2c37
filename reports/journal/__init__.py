"""The store's journal in words."""
