"""Recent work on the first page."""
