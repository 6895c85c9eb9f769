"""Scores: earlier forecasts next to the values that have arrived since."""
