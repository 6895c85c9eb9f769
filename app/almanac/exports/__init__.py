"""A forecast becomes a file: an Excel workbook for people, CSV and Parquet for programs."""

from almanac.exports.write import SUFFIXES, place, write

__all__ = ["SUFFIXES", "place", "write"]
