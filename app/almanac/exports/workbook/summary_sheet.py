"""The sheet Summary: what comes next for each series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.jobs import Job
from almanac.exports.content import ExportContent
from almanac.exports.workbook.styles import (
    EXCEL_ROWS,
    SERIES_PER_STEP,
    WIDE,
    Formats,
    number_width,
    write_heads,
    writing,
)
from almanac.wording.phrases import RangeSupport, answer, forecast_decimals, how_sure, next_step

if TYPE_CHECKING:
    import xlsxwriter

    from almanac.core.series import Forecast

HEADS = ("Series", "Last known", "Value", "First forecast", "About", "Likely from", "to")
HEAD_ROW = 4
WIDTH = 16  # of a column, in characters


def write_summary(book: xlsxwriter.Workbook, formats: Formats, content: ExportContent) -> Job[None]:
    """Add the sheet: the first series in words, and a row for each."""
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    _write_top(sheet, formats, content)
    extra = _extra_columns(content)
    heads = [*HEADS, *(head for head, _ in extra)]
    for column in range(len(HEADS), len(heads)):
        sheet.set_column(column, column, WIDE)
    write_heads(sheet, formats, heads, HEAD_ROW)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    series, forecast = content.series, content.forecast
    positions = series.positions(forecast.names)
    steps = np.array([forecast.next_open(i) for i in range(len(forecast.names))])
    shown = [values[np.arange(len(steps)), steps] for values in forecast.shown]
    width = WIDTH
    for i, name in enumerate(forecast.names[: EXCEL_ROWS - HEAD_ROW - 2]):
        if i % SERIES_PER_STEP == 0:
            yield writing(i, 2 * len(forecast.names))
        position = int(positions[i])
        last = int(np.flatnonzero(np.isfinite(series[position]))[-1])
        row = i + HEAD_ROW + 1
        decimals = forecast_decimals(forecast, i)
        number = formats.number(decimals)
        value = float(series[position][last])
        width = number_width(np.array([value, *(values[i] for values in shown)]), decimals, width)
        sheet.write_string(row, 0, name)
        formats.write_date(sheet, row, 1, int(series.first[position]) + last)
        sheet.write_number(row, 2, value, number)
        formats.write_date(sheet, row, 3, int(forecast.first[i] + steps[i]))
        for column, values in enumerate(shown, start=4):
            if np.isfinite(values[i]):
                sheet.write_number(row, column, float(values[i]), number)
        for column, (_, texts) in enumerate(extra, start=len(HEADS)):
            sheet.write_string(row, column, texts[i], formats.quiet)
    for column in range(1, len(HEADS)):
        sheet.set_column(column, column, WIDTH if column in (1, 3) else width)
    sheet.fit_to_pages(1, 0)


def _write_top(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, content: ExportContent) -> None:
    forecast = content.forecast
    support = content.range_support[0] if content.range_support else RangeSupport.CHECKED
    ahead = forecast.frequency.duration(forecast.horizon)
    sheet.write_string(0, 0, "What comes next", formats.title)
    sheet.write_string(1, 0, f"{next_step(forecast, 0)} {how_sure(forecast, 0, support)}")
    sheet.write_string(2, 0, f"{len(forecast.names):,} series, {ahead} ahead each.", formats.quiet)


def _sum(forecast: Forecast, i: int) -> str:
    """What a series that is 0 in most steps adds up to: "2 or 3, likely 0 to 5"."""
    found = answer(forecast, i)
    return f"{found.number}, likely {found.low} to {found.high}"


def _extra_columns(content: ExportContent) -> list[tuple[str, list[str]]]:
    """Columns that only some forecasts need, as head and a text for each series."""
    extra: list[tuple[str, list[str]]] = []
    forecast = content.forecast
    rare = [forecast.is_rare(i) for i in range(len(forecast.names))]
    if any(rare):
        texts = [_sum(forecast, i) if is_rare else "" for i, is_rare in enumerate(rare)]
        extra.append((f"In all, next {forecast.frequency.duration(forecast.horizon)}", texts))
    if content.range_support:
        checked = ["yes" if s is RangeSupport.CHECKED else f"no: {s.why_not}" for s in content.range_support]
        extra.append(("Range checked", checked))
    if content.methods:
        extra.append(("Forecast by", list(content.methods)))
    return extra
