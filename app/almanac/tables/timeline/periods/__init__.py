"""Dates that are periods: counted ones, those of fiscal years, and files that mix years, quarters and months."""
