"""Processes that outlive a test because several tests use them in turn."""

SHARED: set[int] = set()  # whoever starts one ends it with the session
