"""Dates that are split over several columns: their parts of a year, their days, and their times of day."""
