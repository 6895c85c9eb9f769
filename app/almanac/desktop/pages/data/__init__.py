"""Check my data: the pages inside the Data station, one question each."""
