"""Use cases about how much to order."""
