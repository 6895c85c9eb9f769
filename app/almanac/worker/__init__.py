"""The background process that runs jobs for the window."""
