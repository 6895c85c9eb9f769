"""Almanac: a spreadsheet goes in, an honest forecast comes out, and nothing leaves the computer."""

__version__ = "0.1.0"
