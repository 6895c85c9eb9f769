"""The sheet Forecast: every step of every series, with the quantiles that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.jobs import Job
from almanac.exports.content import ExportContent
from almanac.exports.workbook.printing import set_page
from almanac.exports.workbook.styles import (
    EXCEL_ROWS,
    NARROW,
    SERIES_PER_STEP,
    WIDE,
    WIDTH,
    Formats,
    name_width,
    number_width,
    write_heads,
    writing,
)
from almanac.wording.phrases import chance, forecast_decimals

if TYPE_CHECKING:
    import xlsxwriter


def write_forecast(book: xlsxwriter.Workbook, formats: Formats, content: ExportContent) -> Job[None]:
    """Add the sheet, or as many as it takes where there are more rows than Excel has on one.

    Where the likely range of a series rests on too little, a column says so. What the person adjusted is next to it.
    """
    forecast = content.forecast
    doubtful = any(one.doubt for one in content.range_support)
    checked = tuple(one.checked_words for one in content.range_support) if doubtful else ()
    per_sheet = (EXCEL_ROWS - 1) // forecast.horizon
    for part, start in enumerate(range(0, len(forecast.names), per_sheet)):
        title = "Forecast" if part == 0 else f"Forecast {part + 1}"
        rows = range(start, min(start + per_sheet, len(forecast.names)))
        yield from _write_part(book.add_worksheet(title), formats, content, rows, checked)


def _write_part(
    sheet: xlsxwriter.worksheet.Worksheet,
    formats: Formats,
    content: ExportContent,
    members: range,
    checked: tuple[str, ...],
) -> Job[None]:
    forecast = content.forecast
    units = content.units
    columns = [forecast.point, *(values for _, values in forecast.requested)]  # each [N, H]
    heads = ["Series", "Date" if forecast.frequency.dated else "Row", "Step", "Forecast"]
    heads += [f"{chance(level)} below" for level, _ in forecast.requested]
    sheet.set_column(0, 0, name_width(forecast.names[members.start : members.stop]))
    figures = len(heads)
    heads += ["Range checked"] if checked else []
    adjusted = content.adjusted
    own = len(heads)  # the columns of what the person adjusted
    heads += [] if adjusted is None else ["Adjusted", "Your note"]
    write_heads(sheet, formats, heads, numbers=[*range(1, figures), own])
    sheet.freeze_panes(1, 1)
    row, width = 1, WIDTH
    for i in members:
        if i % SERIES_PER_STEP == 0:
            yield writing(len(forecast.names) + i, 2 * len(forecast.names))
        decimals = forecast_decimals(forecast, i)
        number = formats.number(decimals, units[i])
        cells = np.column_stack([values[i] for values in columns])
        width = number_width(cells, decimals, width, units[i])
        notes = {} if adjusted is None else adjusted.notes(i)
        for step in np.flatnonzero(forecast.has_value(i)).tolist():
            formats.write_name(sheet, row, forecast.names[i])
            formats.write_date(sheet, row, 1, int(forecast.first[i]) + step)
            sheet.write_number(row, 2, step + 1)
            for column, value in enumerate(cells[step].tolist(), start=3):
                sheet.write_number(row, column, value, number)
            if checked:
                sheet.write_string(row, figures, checked[i], formats.note)
            if adjusted is not None:
                sheet.write_number(row, own, float(adjusted.forecast.point[i, step]), number)
                sheet.write_string(row, own + 1, notes.get(step, ""), formats.note)
            row += 1
    sheet.set_column(1, 1, formats.date_width)
    sheet.set_column(2, 2, NARROW)
    sheet.set_column(3, figures - 1, width)
    if checked:
        sheet.set_column(figures, figures, WIDE)
    if adjusted is not None:
        sheet.set_column(own, own, width)
        sheet.set_column(own + 1, own + 1, WIDE)
    sheet.autofilter(0, 0, row - 1, len(heads) - 1)
    set_page(sheet, formats, heads=0)
