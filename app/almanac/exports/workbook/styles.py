"""What all sheets share: cell formats, rows of headings, dates as Excel keeps them, progress."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import Unit
from almanac.core.jobs import Progress
from almanac.core.series import Forecast

if TYPE_CHECKING:
    import xlsxwriter

EXCEL_ROWS = 1_048_576  # on one sheet, a limit of Excel
WIDTH = 14  # of a column, in characters; more where a number needs it
MIN_NAME_WIDTH, MAX_NAME_WIDTH = 24, 60
WRAP_AT = 50  # letters of a name on one of several lines: they break between words
POINTS_PER_LINE = 15  # the height of a row
NARROW = 7  # of a column of small numbers
SERIES_PER_STEP = 500  # of progress
WIDE = 26  # of a column of words
ACCENT = "#0072B2"
QUIET = "#5F6B76"
ENTRY, ENTRY_LINE = "#FFF8DC", "#E0D8B0"  # cells to type into
MAX_UNIT = 24  # characters of a unit, as in reading
UNITS_IN_FRONT = ("$", "£", "¥", "₹", "US$", "R$", "₩", "₽")  # as they are written in English; others come behind
EXCEL_EPOCH = np.datetime64("1899-12-30T00:00:00")
FIRST_EXCEL_DATE = np.datetime64("1900-03-01T00:00:00")  # before it, Excel counts 29 February 1900, which never was
_DATE_FORMATS = {Unit.YEAR: "yyyy", Unit.QUARTER: "mmm yyyy", Unit.MONTH: "mmm yyyy"}


class Formats:
    """The few formats a workbook uses; ``source``: the name of the file that was forecast."""

    def __init__(self, book: xlsxwriter.Workbook, forecast: Forecast, source: str = "") -> None:
        self.frequency, self.source = forecast.frequency, source
        self.subdaily = self.frequency.unit in (Unit.HOUR, Unit.MINUTE)
        self.title = book.add_format({"bold": True, "font_size": 18})
        self.section = book.add_format({"bold": True, "font_size": 13})
        self.share = book.add_format({"num_format": "0%"})
        self.quiet = book.add_format({"font_color": QUIET})
        self.strong = book.add_format({"bold": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "bottom": 1, "font_color": ACCENT, "text_wrap": True})
        self.number_head = book.add_format(
            {"bold": True, "bottom": 1, "font_color": ACCENT, "text_wrap": True, "align": "right"}
        )
        self.note = book.add_format({"font_color": QUIET, "indent": 1})
        self.note_head = book.add_format({"bold": True, "bottom": 1, "font_color": ACCENT, "indent": 1})
        self.quiet_right = book.add_format({"font_color": QUIET, "align": "right"})
        self.growth = book.add_format({"num_format": "+0%;-0%;0%"})
        self.paragraph = book.add_format({"text_wrap": True, "valign": "top"})
        self.quiet_paragraph = book.add_format({"text_wrap": True, "valign": "top", "font_color": QUIET})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.date_format = _DATE_FORMATS.get(self.frequency.unit, "yyyy-mm-dd")
        if self.subdaily:
            self.date_format = "yyyy-mm-dd hh:mm"
        self.date = book.add_format({"num_format": self.date_format, "align": "right"})
        self.number = cache(lambda decimals, unit="": book.add_format({"num_format": number_format(decimals, unit)}))
        self.change = cache(
            lambda decimals: book.add_format({"num_format": "+{0};-{0};{0}".format(number_format(decimals))})
        )
        self.entry = cache(
            lambda decimals, unit="": book.add_format(
                {
                    "num_format": number_format(decimals, unit),
                    "bg_color": ENTRY,
                    "border": 1,
                    "border_color": ENTRY_LINE,
                }
            )
        )
        self.sum = cache(
            lambda decimals, unit="": book.add_format({"num_format": number_format(decimals, unit), "bold": True})
        )

    def write_name(self, sheet: Any, row: int, name: str) -> None:
        """A name as text in the first column, on several lines where it is wider than that may be."""
        if len(name) <= MAX_NAME_WIDTH:
            sheet.write_string(row, 0, name)
            return
        sheet.set_row(row, POINTS_PER_LINE * -(-len(name) // WRAP_AT))
        sheet.write_string(row, 0, name, self.wrap)

    @property
    def date_width(self) -> int:
        """Characters of a column of dates."""
        return 18 if self.subdaily else 13

    def write_date(self, sheet: Any, row: int, column: int, period: int) -> None:
        """A real Excel date; a row number where there are no dates; text for fiscal periods and unknown dates."""
        if not self.frequency.dated:
            sheet.write_number(row, column, period + 1)
            return
        date = self.frequency.dates(np.array([period]))[0]
        if date < FIRST_EXCEL_DATE or self.frequency.fiscal is not None:
            sheet.write_string(row, column, self.frequency.label(period), self.date)
        else:
            sheet.write_number(row, column, float((date - EXCEL_EPOCH) / np.timedelta64(1, "D")), self.date)


def number_format(decimals: int, unit: str = "") -> str:
    """Excel's format for amounts with their unit: ``#,##0.00 "€"``, ``"$"#,##0``. The unit is literal text in it."""
    number = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    written = "".join(sign for sign in unit if sign.isprintable() and sign != '"')[:MAX_UNIT]
    if not written:
        return number
    if written in UNITS_IN_FRONT:
        return f'"{written}"{number};-"{written}"{number}'
    return f'{number} "{written}"'


def number_width(values: Floats, decimals: int, least: int, unit: str = "") -> int:
    """The width of a column, in characters, that shows these numbers (NaN is ignored): Excel shows "####" in less."""
    known = values[np.isfinite(values)]
    extremes = (known.min(), known.max()) if len(known) else ()
    room = len(unit[:MAX_UNIT]) + 1 if unit else 0
    return max([least, *(len(f"{value:,.{max(decimals, 0)}f}") + room + 2 for value in extremes)])


def write_heads(
    sheet: Any, formats: Formats, heads: Sequence[str], row: int = 0, numbers: Collection[int] = ()
) -> None:
    """Write a row of headings, each aligned as what is below it; ``numbers``: the columns of numbers and dates.

    Texts behind them are set in a little.
    """
    last = max(numbers, default=len(heads))
    for column, text in enumerate(heads):
        of_text = formats.note_head if column > last else formats.head
        sheet.write_string(row, column, text, formats.number_head if column in numbers else of_text)


def name_width(names: Sequence[str]) -> int:
    """The width of a column of names, in characters."""
    return min(max(MIN_NAME_WIDTH, *(len(name) + 2 for name in names)), MAX_NAME_WIDTH)


def writing(done: int, total: int) -> Progress:
    """How far the workbook is."""
    return Progress(done, total, "Writing the workbook")
