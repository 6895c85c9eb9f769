"""Cells, numbers and dates: what one cell can mean."""
