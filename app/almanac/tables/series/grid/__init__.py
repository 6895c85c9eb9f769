"""Rows become series on a regular grid: one value for each period."""
