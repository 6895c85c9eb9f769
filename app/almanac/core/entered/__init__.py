"""What a person enters about a file: events and adjustments, kept for files of the same shape."""
