"""Several tables in one file: next to one another, below one another, or on sheets to be joined."""
