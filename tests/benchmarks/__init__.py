"""Speed and memory, as a table: ``make bench``."""
