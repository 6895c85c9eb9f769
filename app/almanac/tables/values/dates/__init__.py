"""Dates as people write them, in the languages the program reads."""
