"""Words that several findings use."""

HOW = {"sum": "added together", "mean": "averaged", "last": "reduced to the last one"}
