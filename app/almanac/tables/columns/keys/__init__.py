"""The columns that split the rows of a list into series."""
