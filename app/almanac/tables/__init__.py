"""Tables: a file becomes a Table, a Table a ReadingPlan (what each column is for), a ReadingPlan a SeriesSet."""

from almanac.core.problems import Choice, Finding
from almanac.tables.api import preview, read, sheets
from almanac.tables.columns.row_count import ROW_COUNT
from almanac.tables.entered_lists import read_adjustments, read_events
from almanac.tables.findings.typed import refuse_unknown_repairs
from almanac.tables.layout.excerpt import excerpt
from almanac.tables.memory.corrected import read_corrected
from almanac.tables.memory.in_words import in_words
from almanac.tables.memory.records import Record, make_record, read_record, require_same, text_of
from almanac.tables.memory.remembered import remember, remember_use, shape_of
from almanac.tables.reading import (
    Preview,
    Question,
    ReadFile,
    Reading,
    ReadingOptions,
    SheetInfo,
    describe,
)
from almanac.tables.stock_list import Duration, StockEntry, StockList, read_stock_list

__all__ = [
    "ROW_COUNT",
    "Choice",
    "Duration",
    "Finding",
    "Preview",
    "Question",
    "ReadFile",
    "Reading",
    "ReadingOptions",
    "Record",
    "SheetInfo",
    "StockEntry",
    "StockList",
    "describe",
    "excerpt",
    "in_words",
    "make_record",
    "preview",
    "read",
    "read_adjustments",
    "read_corrected",
    "read_events",
    "read_record",
    "read_stock_list",
    "refuse_unknown_repairs",
    "remember",
    "remember_use",
    "require_same",
    "shape_of",
    "sheets",
    "text_of",
]
