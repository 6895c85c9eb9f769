"""Adjust: what a person changes in a forecast, a span of it, or a total."""
