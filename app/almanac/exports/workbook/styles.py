"""What all sheets share: cell formats, rows of headings, dates as Excel keeps them, progress."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.frequency import Unit
from almanac.core.jobs import Progress
from almanac.core.series import Forecast

if TYPE_CHECKING:
    import xlsxwriter

EXCEL_ROWS = 1_048_576  # on one sheet, a limit of Excel
WIDTH = 14  # of a column, in characters; more where a number needs it
SERIES_PER_STEP = 500  # of progress
WIDE = 26  # of a column of words
ACCENT = "#0072B2"
QUIET = "#5F6B76"
EXCEL_EPOCH = np.datetime64("1899-12-30T00:00:00")
FIRST_EXCEL_DATE = np.datetime64("1900-03-01T00:00:00")  # before it, Excel counts 29 February 1900, which never was
_DATE_FORMATS = {Unit.YEAR: "yyyy", Unit.QUARTER: "mmm yyyy", Unit.MONTH: "mmm yyyy"}


class Formats:
    """The few formats a workbook uses."""

    def __init__(self, book: xlsxwriter.Workbook, forecast: Forecast) -> None:
        self.frequency = forecast.frequency
        self.subdaily = self.frequency.unit in (Unit.HOUR, Unit.MINUTE)
        self.title = book.add_format({"bold": True, "font_size": 18})
        self.section = book.add_format({"bold": True, "font_size": 13})
        self.share = book.add_format({"num_format": "0%"})
        self.quiet = book.add_format({"font_color": QUIET})
        self.strong = book.add_format({"bold": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "bottom": 1, "font_color": ACCENT, "text_wrap": True})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.date_format = _DATE_FORMATS.get(self.frequency.unit, "yyyy-mm-dd")
        if self.subdaily:
            self.date_format = "yyyy-mm-dd hh:mm"
        self.date = book.add_format({"num_format": self.date_format, "align": "left"})
        self.number = cache(
            lambda decimals: book.add_format({"num_format": "#,##0" + ("." + "0" * decimals if decimals else "")})
        )

    def write_date(self, sheet: Any, row: int, column: int, period: int) -> None:
        """A real Excel date; a row number where there are no dates; text for fiscal periods and unknown dates."""
        if not self.frequency.dated:
            sheet.write_number(row, column, period + 1)
            return
        date = self.frequency.dates(np.array([period]))[0]
        if date < FIRST_EXCEL_DATE or self.frequency.fiscal is not None:
            sheet.write_string(row, column, self.frequency.label(period))
        else:
            sheet.write_number(row, column, float((date - EXCEL_EPOCH) / np.timedelta64(1, "D")), self.date)


def number_width(values: Floats, decimals: int, least: int) -> int:
    """The width of a column, in characters, that shows these numbers (NaN is ignored): Excel shows "####" in less."""
    known = values[np.isfinite(values)]
    extremes = (known.min(), known.max()) if len(known) else ()
    return max([least, *(len(f"{value:,.{decimals}f}") + 2 for value in extremes)])


def write_heads(sheet: Any, formats: Formats, heads: Sequence[str], row: int = 0) -> None:
    """Write a row of headings."""
    for column, text in enumerate(heads):
        sheet.write_string(row, column, text, formats.head)


def writing(done: int, total: int) -> Progress:
    """How far the workbook is."""
    return Progress(done, total, "Writing the workbook")
