"""A forecast becomes a file: an Excel workbook for people, CSV and Parquet for programs."""

from almanac.exports.content import ExportContent
from almanac.exports.formats import FORMATS, OutputFormat
from almanac.exports.inputs import refuse_input, refuse_same_output
from almanac.exports.write import save_bytes, write

__all__ = [
    "FORMATS",
    "ExportContent",
    "OutputFormat",
    "refuse_input",
    "refuse_same_output",
    "save_bytes",
    "write",
]
