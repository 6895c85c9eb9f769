"""Totals: coverage and quantile loss beside bottom-up sums and direct forecasts, speed, and a stored test oracle."""
