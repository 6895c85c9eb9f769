"""The sheet Single Values: how much of each forecast rests on one cell, and the forecast without odd values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from almanac.core.text import some
from almanac.exports.workbook.printing import set_page
from almanac.exports.workbook.styles import Formats, name_width, write_heads
from almanac.wording.single_values import examined, no_single_value

if TYPE_CHECKING:
    import xlsxwriter

    from almanac.exports.single_values import SeriesValues, SingleValues

SERIES_HEADS = ("Series", "Forecast", "Without odd values", "Differs by", "Odd values", "Rests on one value", "When")
VALUE_HEADS = ("Series", "When", "Value", "Changes one step by", "Changes all steps by")
WIDTHS = (18, 20, 20, 20, 20, 16)
MAX_ODD = 6  # that are named


def write_single_values(book: xlsxwriter.Workbook, formats: Formats, found: SingleValues | None) -> None:
    """Add the sheet, unless nothing was examined."""
    if found is None or not found.series:
        return
    sheet = book.add_worksheet("Single Values")
    sheet.set_column(0, 0, name_width(tuple(one.name for one in found.series)))
    for column, width in enumerate(WIDTHS, start=1):
        sheet.set_column(column, column, width)
    for row, sentence in enumerate(examined(len(found.series), found.total, found.latest)):
        sheet.write_string(row, 0, sentence, formats.quiet)
    top = row + 2
    write_heads(sheet, formats, SERIES_HEADS, top, numbers=(1, 2, 3, 5))
    for row, one in enumerate(found.series, start=top + 1):
        _write_series(sheet, formats, row, one)
    top = row + 2
    lines = [(one, k) for one in found.series for k in range(len(one.periods))]
    if not lines:
        sheet.write_string(top, 0, no_single_value(), formats.quiet)
    else:
        write_heads(sheet, formats, VALUE_HEADS, top, numbers=(2, 3, 4))
    for row, (one, k) in enumerate(lines, start=top + 1):
        formats.write_name(sheet, row, one.name)
        formats.write_date(sheet, row, 1, int(one.periods[k]))
        sheet.write_number(row, 2, float(one.values[k]))
        sheet.write_number(row, 3, round(float(one.largest[k]), 4), formats.share)
        sheet.write_number(row, 4, round(float(one.mean[k]), 4), formats.share)
    set_page(sheet, formats, heads=0)


def _write_series(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, row: int, one: SeriesValues) -> None:
    formats.write_name(sheet, row, one.name)
    sheet.write_number(row, 1, one.forecast, formats.number(2))
    sheet.write_number(row, 2, one.robust, formats.number(2))
    sheet.write_number(row, 3, round(one.robust_effect, 4), formats.share)
    odd = some([formats.frequency.label(period) for period in one.set_aside.tolist()], MAX_ODD)
    sheet.write_string(row, 4, odd, formats.wrap)
    sheet.write_number(row, 5, round(one.share, 4), formats.share)
    if len(one.periods):
        formats.write_date(sheet, row, 6, int(one.periods[0]))
