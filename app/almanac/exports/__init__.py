"""A forecast becomes a file: an Excel workbook for people, CSV and Parquet for programs."""

from almanac.exports.content import AdjustedContent, AdjustmentLine, ExportContent, OrderLine
from almanac.exports.formats import FORMATS, OutputFormat, format_of
from almanac.exports.inputs import refuse_same_output
from almanac.exports.overview import Overview, TotalGrid, TotalLine, TotalTable, WholeSeries
from almanac.exports.table import save_table
from almanac.exports.tidy_reader import SavedForecast, read_tidy
from almanac.exports.write_file import refuse_target, save_bytes, write

__all__ = [
    "FORMATS",
    "AdjustedContent",
    "AdjustmentLine",
    "ExportContent",
    "OrderLine",
    "OutputFormat",
    "Overview",
    "SavedForecast",
    "TotalGrid",
    "TotalLine",
    "TotalTable",
    "WholeSeries",
    "format_of",
    "read_tidy",
    "refuse_same_output",
    "refuse_target",
    "save_bytes",
    "save_table",
    "write",
]
