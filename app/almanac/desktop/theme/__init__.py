"""Colours, spacing, fonts and icons."""
