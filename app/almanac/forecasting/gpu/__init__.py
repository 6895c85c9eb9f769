"""The graphics card: tried out and used in a separate process, so that a crash of its driver loses nothing."""
