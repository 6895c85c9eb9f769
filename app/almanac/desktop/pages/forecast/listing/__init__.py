"""The list of series and groups of a forecast."""
