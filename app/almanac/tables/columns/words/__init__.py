"""Lists of words that columns are called by."""
