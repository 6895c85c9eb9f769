"""Periods and dates: frequencies, clocks, fiscal years, and when something is open."""
