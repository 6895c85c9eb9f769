"""Forecasts of the past made as if it were now: cut-offs, runs, losses, comparisons."""
