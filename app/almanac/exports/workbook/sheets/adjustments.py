"""The sheet Adjustments: what the person changed in the forecast, and what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.exports.content import AdjustedContent
from almanac.exports.workbook.printing import set_page, write_paragraph
from almanac.exports.workbook.styles import Formats, number_width, write_heads
from almanac.wording.adjustments import RANGES
from almanac.wording.phrases import decimals_for

if TYPE_CHECKING:
    import xlsxwriter

HEADS = (
    ("Adjusted", 34),
    ("When", 26),
    ("Change", 18),
    ("Forecast before", 16),
    ("After", 16),
    ("Your note", 50),
)
BEFORE, AFTER, NOTE = 3, 4, 5  # columns
HEAD_ROW = 2


def write_adjustments(book: xlsxwriter.Workbook, formats: Formats, adjusted: AdjustedContent | None) -> None:
    """Add the sheet, unless nothing was adjusted."""
    if adjusted is None:
        return
    sheet = book.add_worksheet("Adjustments")
    width = 0
    for line in adjusted.lines:
        width = number_width(np.array([line.before, line.after]), _decimals(line.before, line.after), width, line.unit)
    for column, (_, least) in enumerate(HEADS):
        sheet.set_column(column, column, max(least, width) if column in (BEFORE, AFTER) else least)
    write_paragraph(sheet, (0, 0), RANGES, formats.quiet_paragraph, [least for _, least in HEADS])
    write_heads(sheet, formats, [head for head, _ in HEADS], HEAD_ROW, numbers=range(BEFORE, NOTE))
    for row, line in enumerate(adjusted.lines, start=HEAD_ROW + 1):
        number = formats.number(_decimals(line.before, line.after), line.unit)
        for column, text in ((0, line.name), (1, line.periods), (2, line.change), (NOTE, line.note)):
            sheet.write_string(row, column, text, formats.wrap)
        for column, value in ((BEFORE, line.before), (AFTER, line.after)):
            sheet.write_number(row, column, value, number)
    set_page(sheet, formats, heads=HEAD_ROW)


def _decimals(before: float, after: float) -> int:
    return min(decimals_for(np.array([before, after])), 2)
