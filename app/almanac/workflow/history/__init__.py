"""Use cases of the history: keep what was read and forecast, find it again, and delete it."""
