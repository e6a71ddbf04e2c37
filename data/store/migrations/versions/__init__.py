"""One file a migration; its revision is the store's version that it leads to."""
