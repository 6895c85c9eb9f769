"""What each column holds and what it is for."""
