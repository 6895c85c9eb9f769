"""Use case: a summary to share, in which nobody can be recognised for certain."""
