"""The sheet Summary: totals next to those of last year, and below them each series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.jobs import Job
from almanac.exports.content import ExportContent
from almanac.exports.overview import Overview, TotalGrid, TotalLine, TotalTable
from almanac.exports.workbook.printing import set_page, write_paragraph
from almanac.exports.workbook.styles import (
    EXCEL_ROWS,
    SERIES_PER_STEP,
    WIDE,
    Formats,
    name_width,
    number_width,
    write_heads,
    writing,
)
from almanac.wording.formatter import rounded
from almanac.wording.phrases import RangeSupport, forecast_decimals, how_sure, next_step
from almanac.wording.totals import change_on_last_year

if TYPE_CHECKING:
    import xlsxwriter

NAME_WIDTH, WIDTH = 34, 11  # of columns, in characters
TOTAL_HEADS = ("About", "Likely from", "to", "Last year", "Growth")
AMOUNTS, GROWTH = range(1, 5), 5  # columns of a total
NEXT_HEADS = ("Last known", "Value", "First forecast", "About", "Likely from", "to")
UNADJUSTED = "Forecast before"  # the person adjusted it
DATES = (6, 8)  # columns of the sheet; between and behind them are amounts of a single step


def write_summary(book: xlsxwriter.Workbook, formats: Formats, content: ExportContent) -> Job[None]:
    """Add the sheet: totals of everything, of groups and of weeks or months, and a row for each series."""
    overview = Overview("") if content.overview is None else (yield from content.overview())
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    _set_widths(sheet, formats, content, overview)
    row = _write_top(sheet, formats, content, overview)
    for table in overview.tables:
        row = _write_totals(sheet, formats, table, row) + 1
    if overview.grid is not None:
        row = _write_grid(sheet, formats, overview.grid, row) + 1
    yield from _write_each(sheet, formats, content, overview, row)
    sheet.freeze_panes(0, 1)
    set_page(sheet, formats)


def _set_widths(
    sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, content: ExportContent, overview: Overview
) -> None:
    lines = [line for table in overview.tables for line in table.lines] + list(overview.series.values())
    lines += [line for row in (overview.grid.rows if overview.grid else ()) for line in row]
    width = max([WIDTH, *(_width(line) for line in lines)])
    forecast = content.forecast
    single = WIDTH
    for unit in set(content.units):
        own = [i for i, other in enumerate(content.units) if other == unit]
        decimals = max(forecast_decimals(forecast, i) for i in own[:SERIES_PER_STEP])
        values = np.concatenate([figures[own].ravel() for figures in forecast.shown])
        single = number_width(values, decimals, single, unit)
    sheet.set_column(0, 0, name_width([*forecast.names, *(line.title for line in lines)]))
    spans = 0 if overview.grid is None else len(overview.grid.spans)
    sheet.set_column(1, max(GROWTH, spans), width)
    for column in range(GROWTH + 1, GROWTH + len(NEXT_HEADS) + 1):
        least = formats.date_width if column in DATES else single
        sheet.set_column(column, column, max(least, width) if column <= spans else least)


def _width(line: TotalLine) -> int:
    values = np.array([line.point, line.low, line.high, line.last_year])
    return number_width(values, line.decimals, WIDTH, line.unit)


def _write_top(
    sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, content: ExportContent, overview: Overview
) -> int:
    """Write what is to come in words; returns the row after it."""
    forecast = content.forecast
    ahead = forecast.frequency.duration(forecast.horizon)
    widths = [NAME_WIDTH, *[WIDTH] * (len(TOTAL_HEADS) + len(NEXT_HEADS))]
    sheet.write_string(0, 0, "What comes next", formats.title)
    support = content.range_support[0] if content.range_support else RangeSupport.CHECKED
    texts = [(text, formats.paragraph) for text in overview.sentences]
    if len(forecast.names) == 1 or not texts:
        texts.append((f"{next_step(forecast, 0)} {how_sure(forecast, 0, support)}", formats.paragraph))
    texts.append((f"{len(forecast.names):,} series, {ahead} ahead each.", formats.quiet_paragraph))
    for row, (text, style) in enumerate(texts, start=1):
        write_paragraph(sheet, (row, 0), text, style, widths)
    return len(texts) + 2


def _write_totals(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, table: TotalTable, row: int) -> int:
    """Write one table of totals from ``row`` on; returns the row after it."""
    unchecked = any(line.support.doubt for line in table.lines)
    adjusted = any(np.isfinite(line.forecast) for line in table.lines)
    heads = [table.title, *TOTAL_HEADS, *(["Range checked"] if unchecked else [])]
    heads += ["", UNADJUSTED] if adjusted else []
    write_heads(sheet, formats, heads, row, numbers=[*range(1, GROWTH + 1), GROWTH + 3])
    for line in table.lines:
        row += 1
        formats.write_name(sheet, row, line.title)
        _write_line(sheet, formats, row, line)
        if unchecked:
            sheet.write_string(row, GROWTH + 1, line.support.checked_words, formats.note)
        if np.isfinite(line.forecast):
            sheet.write_number(row, GROWTH + 3, line.forecast, formats.number(line.decimals, line.unit))
    if table.left_out:
        row += 1
        sheet.write_string(row, 0, f"… and {table.left_out:,} more", formats.quiet)
    return row + 1


def _write_grid(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, grid: TotalGrid, row: int) -> int:
    """Write the amounts of groups by time from ``row`` on, and their growth below; returns the row after it."""
    columns = range(1, len(grid.spans) + 1)
    write_heads(sheet, formats, [grid.title, *grid.spans], row, numbers=columns)
    for lines in grid.rows:
        row += 1
        formats.write_name(sheet, row, lines[0].title)
        for column, line in zip(columns, lines, strict=True):
            _write_amounts(sheet, row, {column: line.point}, formats.number(line.decimals, line.unit))
    if grid.left_out:
        row += 1
        sheet.write_string(row, 0, f"… and {grid.left_out:,} more", formats.quiet)
    if any(np.isfinite(line.growth) for lines in grid.rows for line in lines):
        row += 1
        sheet.write_string(row, 0, "Growth on last year", formats.strong)
        for lines in grid.rows:
            row += 1
            formats.write_name(sheet, row, lines[0].title)
            _write_amounts(
                sheet, row, {c: rounded(ln.growth, 2) for c, ln in zip(columns, lines, strict=True)}, formats.growth
            )
    return row + 1


def _write_line(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, row: int, line: TotalLine) -> None:
    """Write the figures of a total into their columns; what is not known stays empty."""
    number = formats.number(line.decimals, line.unit)
    for column, value in zip(AMOUNTS, (line.point, line.low, line.high, line.last_year), strict=True):
        if np.isfinite(value):
            sheet.write_number(row, column, value, number)
    if np.isfinite(line.growth):
        sheet.write_number(row, GROWTH, rounded(line.growth, 2), formats.growth)
    elif change_on_last_year(line.figures):
        sheet.write_number(row, GROWTH, line.point - line.last_year, formats.change(line.decimals))


def _write_each(
    sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, content: ExportContent, overview: Overview, row: int
) -> Job[None]:
    """Write a row for each series: its total, its latest value and its next step."""
    series, forecast = content.series, content.forecast
    extra = _extra_columns(content)
    heads = ["Each series", *TOTAL_HEADS, *NEXT_HEADS]
    sheet.write_string(row, AMOUNTS[0], overview.span, formats.quiet_right)
    row += 1
    write_heads(sheet, formats, [*heads, *(head for head, _ in extra)], row, numbers=range(1, len(heads)))
    for column in range(len(heads), len(heads) + len(extra)):
        sheet.set_column(column, column, WIDE)
    sheet.repeat_rows(row)  # on the pages that follow
    steps = np.array([forecast.next_open(i) for i in range(len(forecast.names))])
    shown = [values[np.arange(len(steps)), steps] for values in forecast.shown]
    for i, name in enumerate(forecast.names[: EXCEL_ROWS - row - 2]):
        if i % SERIES_PER_STEP == 0:
            yield writing(i, 2 * len(forecast.names))
        row += 1
        formats.write_name(sheet, row, name)
        if name in overview.series:
            _write_line(sheet, formats, row, overview.series[name])
        position = int(content.positions[i])
        last = int(np.flatnonzero(np.isfinite(series[position]))[-1])
        formats.write_date(sheet, row, DATES[0], int(series.first[position]) + last)
        formats.write_date(sheet, row, DATES[1], int(forecast.first[i] + steps[i]))
        known = {DATES[0] + 1: float(series[position][last])}
        known |= {DATES[1] + 1 + k: float(values[i]) for k, values in enumerate(shown)}
        _write_amounts(sheet, row, known, formats.number(forecast_decimals(forecast, i), content.units[i]))
        for column, (_, texts) in enumerate(extra, start=len(heads)):
            sheet.write_string(row, column, texts[i], formats.note)


def _write_amounts(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, amounts: dict[int, float], number: xlsxwriter.format.Format
) -> None:
    for column, value in amounts.items():
        if np.isfinite(value):
            sheet.write_number(row, column, value, number)


def _extra_columns(content: ExportContent) -> list[tuple[str, Sequence[str]]]:
    """Columns that only some forecasts need, as head and a text for each series."""
    extra: list[tuple[str, Sequence[str]]] = []
    if content.range_support:
        extra.append(("Range checked", [support.checked_words for support in content.range_support]))
    if (adjusted := content.adjusted) is not None:
        extra.append(("Adjusted by you", ["yes" if steps.any() else "" for steps in adjusted.changed]))
    if content.methods:
        extra.append(("Forecast by", content.methods))
    return extra
