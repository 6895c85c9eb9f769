"""How often watching warns for nothing, and how soon it sees a change: ``make bench-drift``."""
