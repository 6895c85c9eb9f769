"""Adjustments of a forecast: what they change, which still count, and where they are kept."""
