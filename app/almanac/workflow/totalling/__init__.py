"""Use cases about totals: of everything, of groups, and of what is shown."""
