"""The Excel workbook: Summary, Forecast, Charts, Checks, What Was Changed, About This Forecast.

Rows are streamed (XlsxWriter's constant-memory mode), so memory does not grow with the number of series; each sheet is
therefore written from top to bottom. Text is always written as text: a name like ``=1+1`` is no formula.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.jobs import Job, Progress
from almanac.core.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.problems import Finding, Problem
from almanac.core.series import Forecast, SeriesSet
from almanac.exports.workbook.charts import add_charts
from almanac.exports.workbook.styles import Formats
from almanac.exports.workbook.trust_sheet import write_checks
from almanac.wording.phrases import RangeSupport, chance, decimals_for, how_sure, next_step
from almanac.wording.trust_sections import Section

if TYPE_CHECKING:
    import xlsxwriter

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
EXCEL_ROWS = 1_048_576
SERIES_PER_REPORT = 500


def write_workbook(
    path: Path,
    series: SeriesSet,
    forecast: Forecast,
    findings: tuple[Problem, ...],
    about: tuple[tuple[str, str], ...],
    record: tuple[tuple[str, str], ...] = (),
    checks: tuple[Section, ...] = (),
    standings: tuple[RangeSupport, ...] = (),
    methods: tuple[str, ...] = (),
) -> Job[None]:
    """Write the workbook to ``path``, which is closed (or removed by the caller) whatever happens."""
    import xlsxwriter

    scratch = tempfile.TemporaryDirectory()  # XlsxWriter leaves the row files of empty sheets behind
    book = xlsxwriter.Workbook(str(path), OPTIONS | {"tmpdir": scratch.name})
    formats = Formats(book, forecast)
    try:
        yield from _summary(book, formats, series, forecast, standings, methods)
        yield from _forecast(book, formats, forecast)
        add_charts(book, formats, series, forecast)
        write_checks(book, formats, checks)
        _changes(book, formats, findings, record)
        _about(book, formats, about)
    finally:
        book.close()
        scratch.cleanup()


def _summary(
    book: xlsxwriter.Workbook,
    formats: Formats,
    series: SeriesSet,
    forecast: Forecast,
    standings: tuple[RangeSupport, ...],
    methods: tuple[str, ...],
) -> Job[None]:
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 6, 16)
    sheet.write_string(0, 0, "What comes next", formats.title)
    sure = how_sure(forecast, 0, standing=standings[0] if standings else RangeSupport.CHECKED)
    sheet.write_string(1, 0, f"{next_step(forecast, 0)} {sure}")
    words = f"{len(forecast.names):,} series, {forecast.frequency.duration(forecast.horizon)} ahead each."
    sheet.write_string(2, 0, words, formats.quiet)
    head = ["Series", "Last known", "Value", "First forecast", "About", "Likely from", "to"]
    if standings:
        head.append("Range checked")
        sheet.set_column(len(head) - 1, len(head) - 1, 26)
    if methods:
        head.append("Forecast by")
        sheet.set_column(len(head) - 1, len(head) - 1, 28)
    for column, text in enumerate(head):
        sheet.write_string(4, column, text, formats.head)
    sheet.freeze_panes(5, 1)
    positions = series.positions(forecast.names)
    low, mid, high = (forecast.quantile(level) for level in (LIKELY_LOW, 0.5, LIKELY_HIGH))
    for row, name in enumerate(forecast.names[: EXCEL_ROWS - 6]):
        if row % SERIES_PER_REPORT == 0:
            yield _progress(row, 2 * len(forecast.names))
        i = int(positions[row])
        known = np.flatnonzero(np.isfinite(series[i]))
        line = row + 5
        number = formats.number(decimals_for(forecast.quantiles[row]))
        sheet.write_string(line, 0, name)
        formats.write_date(sheet, line, 1, int(series.first[i] + known[-1]))
        sheet.write_number(line, 2, float(series[i][known[-1]]), number)
        formats.write_date(sheet, line, 3, int(forecast.first[row]))
        for column, values in ((4, mid), (5, low), (6, high)):
            sheet.write_number(line, column, float(values[row, 0]), number)
        if standings:
            checked = standings[row] is RangeSupport.CHECKED
            sheet.write_string(line, 7, "yes" if checked else f"no: {standings[row]}", formats.quiet)
        if methods:
            sheet.write_string(line, len(head) - 1, methods[row], formats.quiet)
    sheet.fit_to_pages(1, 0)


def _forecast(book: xlsxwriter.Workbook, formats: Formats, forecast: Forecast) -> Job[None]:
    per_sheet = (EXCEL_ROWS - 1) // forecast.horizon
    median, shown = forecast.median, forecast.requested
    for part, start in enumerate(range(0, len(forecast.names), per_sheet)):
        sheet = book.add_worksheet("Forecast" if part == 0 else f"Forecast {part + 1}")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 3 + len(shown), 14)
        head = ["Series", "Date" if forecast.frequency.dated else "Row", "Step", "Forecast (middle)"]
        head += [f"{chance(level)} below" for level, _ in shown]
        for column, text in enumerate(head):
            sheet.write_string(0, column, text, formats.head)
        sheet.freeze_panes(1, 1)
        row = 1
        for i in range(start, min(start + per_sheet, len(forecast.names))):
            if i % SERIES_PER_REPORT == 0:
                yield _progress(len(forecast.names) + i, 2 * len(forecast.names))
            number = formats.number(decimals_for(forecast.quantiles[i]))
            cells = np.column_stack([median[i], *(values[i] for _, values in shown)]).tolist()
            for step, values in enumerate(cells):
                sheet.write_string(row, 0, forecast.names[i])
                formats.write_date(sheet, row, 1, int(forecast.first[i]) + step)
                sheet.write_number(row, 2, step + 1)
                for column, value in enumerate(values):
                    sheet.write_number(row, 3 + column, value, number)
                row += 1
        sheet.autofilter(0, 0, row - 1, len(head) - 1)


def _changes(
    book: xlsxwriter.Workbook, formats: Formats, findings: tuple[Problem, ...], record: tuple[tuple[str, str], ...]
) -> None:
    """Every finding with its treatment, and below how the file was read."""
    sheet = book.add_worksheet("What Was Changed")
    for column, (text, width) in enumerate(
        [
            ("What", 60),
            ("How many", 10),
            ("Explanation", 60),
            ("What you can do", 60),
            ("Rows in your file", 30),
            ("Treated as", 30),
            ("Changed", 10),
        ]
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, formats.head)
    sheet.freeze_panes(1, 0)
    if not findings:
        sheet.write_string(1, 0, "Nothing was changed.")
    for row, finding in enumerate(findings, start=1):
        sheet.write_string(row, 0, finding.what, formats.wrap)
        sheet.write_number(row, 1, finding.count, formats.top)
        sheet.write_string(row, 2, finding.why, formats.wrap)
        sheet.write_string(row, 3, finding.fix, formats.wrap)
        sheet.write_string(row, 4, ", ".join(map(str, finding.rows)), formats.wrap)
        if isinstance(finding, Finding):
            used = finding.choices[finding.chosen].label if finding.choices else ""
            sheet.write_string(row, 5, used, formats.wrap)
            sheet.write_number(row, 6, finding.changed, formats.top)
    for row, (label, text) in enumerate(record, start=max(len(findings), 1) + 3):
        sheet.write_string(row, 0, label, formats.strong)
        sheet.write_string(row, 2, text, formats.wrap)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _about(book: xlsxwriter.Workbook, formats: Formats, about: tuple[tuple[str, str], ...]) -> None:
    sheet = book.add_worksheet("About This Forecast")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (label, text) in enumerate(about):
        sheet.write_string(row, 0, label, formats.strong)
        sheet.write_string(row, 1, text, formats.wrap)
    book.set_properties({"title": "Forecast", "comments": "Made with Almanac", "created": datetime.now()})


def _progress(done: int, total: int) -> Progress:
    return Progress(done, total, "Writing the workbook")
