"""Tables: a file becomes cells, cells become a Reading (which column is what), a Reading becomes a SeriesSet."""

from almanac.problems import Choice, Finding
from almanac.tables.api import preview, read, sheets
from almanac.tables.excerpt import excerpt
from almanac.tables.reading import (
    Preview,
    Question,
    ReadFile,
    Reading,
    ReadingOptions,
    SheetInfo,
    describe,
)

__all__ = [
    "Choice",
    "Finding",
    "Preview",
    "Question",
    "ReadFile",
    "Reading",
    "ReadingOptions",
    "SheetInfo",
    "describe",
    "excerpt",
    "preview",
    "read",
    "sheets",
]
