"""Quantiles corrected by backtests: conformal shifts, shrinkage, online tracking."""
