"""Watching a file: notices when a person has saved it, and only then."""
