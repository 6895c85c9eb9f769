"""Check my data: the pages of the Data station, one question each."""
