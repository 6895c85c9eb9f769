"""Numbers and dates in the person's own locale."""
