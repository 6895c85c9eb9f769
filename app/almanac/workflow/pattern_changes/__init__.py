"""Use cases about changes: a newer spreadsheet against the forecast that the earlier one gave."""
