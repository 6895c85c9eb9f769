"""The sheets Forecast and Actual, and Pattern Changes: what became of earlier forecasts of the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.jobs import Job
from almanac.exports.workbook.printing import set_page
from almanac.exports.workbook.styles import (
    EXCEL_ROWS,
    WIDTH,
    Formats,
    name_width,
    number_width,
    write_heads,
    writing,
)
from almanac.wording.phrases import decimals_for

if TYPE_CHECKING:
    import xlsxwriter

    from almanac.exports.watched import ArrivedValues, ChangeLine, WatchedContent

HEADS = ("Series", "Date", "Forecast from", "Forecast", "Likely at least", "Likely at most", "Actual", "Off by", "Held")
CHANGE_HEADS = (("What changed", 20), ("Series", 34), ("In words", 70), ("By chance", 40), ("You can", 34))
FIRST_NUMBER, HELD = 3, 8  # columns
ROWS_PER_STEP = 5_000  # of progress


def write_watched(book: xlsxwriter.Workbook, formats: Formats, watched: WatchedContent | None) -> Job[None]:
    """Add the sheets that have something to say."""
    if watched is None:
        return
    if watched.arrived is not None:
        yield from _write_arrived(book.add_worksheet("Forecast and Actual"), formats, watched.arrived, watched.said)
    if watched.changes:
        _write_changes(book.add_worksheet("Pattern Changes"), formats, watched.changes)


def _write_arrived(
    sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, found: ArrivedValues, said: tuple[str, ...]
) -> Job[None]:
    figures = np.column_stack([found.forecast, found.low, found.high, found.actual, found.actual - found.forecast])
    decimals = min(decimals_for(figures), 2)
    number, top = formats.number(decimals), len(said) + 1 if said else 0
    width = number_width(figures, decimals, WIDTH)
    sheet.set_column(0, 0, name_width(found.names))
    sheet.set_column(1, 2, formats.date_width)
    sheet.set_column(FIRST_NUMBER, HELD - 1, width)
    for row, sentence in enumerate(said):
        sheet.write_string(row, 0, sentence, formats.quiet)
    write_heads(sheet, formats, HEADS, top, numbers=range(1, HELD))
    held = (found.actual >= found.low) & (found.actual <= found.high)
    rows = min(len(found.series), EXCEL_ROWS - top - 1)
    for k in range(rows):
        if k % ROWS_PER_STEP == 0:
            yield writing(k, rows)
        row = top + 1 + k
        formats.write_name(sheet, row, found.names[found.series[k]])
        formats.write_date(sheet, row, 1, int(found.period[k]))
        formats.write_date(sheet, row, 2, int(found.made[k]))
        for column, value in enumerate(figures[k].tolist(), start=FIRST_NUMBER):
            sheet.write_number(row, column, value, number)
        sheet.write_string(row, HELD, "yes" if held[k] else "no", formats.note)
    sheet.freeze_panes(top + 1, 1)
    sheet.autofilter(top, 0, top + rows, len(HEADS) - 1)
    set_page(sheet, formats, heads=top)


def _write_changes(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, changes: tuple[ChangeLine, ...]) -> None:
    for column, (_, width) in enumerate(CHANGE_HEADS):
        sheet.set_column(column, column, width)
    write_heads(sheet, formats, [head for head, _ in CHANGE_HEADS])
    sheet.freeze_panes(1, 0)
    for row, one in enumerate(changes, start=1):
        for column, text in enumerate((one.kind, one.series, one.change, one.chance, one.proposed)):
            sheet.write_string(row, column, text, formats.wrap)
    set_page(sheet, formats, heads=0)
