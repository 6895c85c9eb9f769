"""Native Excel charts: history, forecast and likely range as lines a person can restyle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import Forecast, SeriesSet
from almanac.exports.workbook.styles import ACCENT, FIRST_EXCEL_DATE, QUIET, Formats
from almanac.wording.phrases import decimals_for

if TYPE_CHECKING:
    import xlsxwriter

CHARTS = 12
HISTORY_STEPS = 4  # the chart shows this many horizons of history, at least a season's worth
ROWS_PER_CHART = 20


def charted(forecast: Forecast) -> list[int]:
    """Positions in ``forecast`` of the largest series by the size of what is forecast: at most ``CHARTS``."""
    size = np.nansum(np.abs(forecast.median), axis=1)
    return sorted(np.argsort(-size, kind="stable")[:CHARTS].tolist())


def add_charts(book: xlsxwriter.Workbook, formats: Formats, series: SeriesSet, forecast: Forecast) -> None:
    """Add the sheets "Charts" and, with the numbers behind them, "Chart Data"."""
    sheet = book.add_worksheet("Charts")
    data = book.add_worksheet("Chart Data")
    sheet.hide_gridlines(2)
    shown = charted(forecast)
    if len(shown) < len(forecast.names):
        words = f"The {len(shown)} largest of {len(forecast.names):,} series. All are on the sheet Forecast."
        sheet.write_string(0, 0, words, formats.quiet)
    head = [
        "Series",
        "Date" if forecast.frequency.dated else "Row",
        "Known",
        "Forecast",
        "Likely from",
        "Likely to",
    ]
    for column, text in enumerate(head):
        data.write_string(0, column, text, formats.head)
    data.set_column(0, 0, 34)
    data.set_column(1, 5, 14)
    data.freeze_panes(1, 1)
    row = 1
    positions = series.positions(forecast.names)
    for k, i in enumerate(shown):
        first = row
        row = _write_data(data, formats, series, int(positions[i]), forecast, i, row)
        chart = _chart(book, formats, forecast, i, first, row - 1)
        sheet.insert_chart(2 + k // 2 * ROWS_PER_CHART, k % 2 * 9, chart)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_data(
    data: xlsxwriter.worksheet.Worksheet,
    formats: Formats,
    series: SeriesSet,
    at: int,
    forecast: Forecast,
    i: int,
    row: int,
) -> int:
    """Write one chart's rows and return the next free one. The last known point also starts the forecast lines."""
    number = formats.number(decimals_for(forecast.quantiles[i]))
    steps = max(HISTORY_STEPS * forecast.horizon, 2 * forecast.frequency.season_length)
    history = series[at][-steps:]
    start = int(series.last[at]) - len(history) + 1
    known = np.flatnonzero(np.isfinite(history))
    joint = int(known[-1]) if len(known) else -1
    for j, value in enumerate(history.tolist()):
        data.write_string(row, 0, forecast.names[i])
        formats.write_date(data, row, 1, start + j)
        if np.isfinite(value):
            data.write_number(row, 2, value, number)
        if j == joint:
            for column in (3, 4, 5):
                data.write_number(row, column, value, number)
        row += 1
    lines = np.column_stack([forecast.quantile(level)[i] for level in (0.5, LIKELY_LOW, LIKELY_HIGH)]).tolist()
    for step, values in enumerate(lines):
        data.write_string(row, 0, forecast.names[i])
        formats.write_date(data, row, 1, int(forecast.first[i]) + step)
        for column, value in enumerate(values, start=3):
            data.write_number(row, column, value, number)
        row += 1
    return row


def _chart(
    book: xlsxwriter.Workbook, formats: Formats, forecast: Forecast, i: int, first: int, last: int
) -> xlsxwriter.chart.Chart:
    chart = book.add_chart({"type": "line"})
    lines = (
        (2, "Known", {"color": "#333333", "width": 1.5}),
        (4, "Likely from", {"color": ACCENT, "width": 1, "dash_type": "dash"}),
        (5, "Likely to", {"color": ACCENT, "width": 1, "dash_type": "dash"}),
        (3, "Forecast", {"color": ACCENT, "width": 2.25}),
    )
    for column, name, line in lines:
        chart.add_series(
            {
                "name": name,
                "categories": ["Chart Data", first, 1, last, 1],
                "values": ["Chart Data", first, column, last, column],
                "line": line,
            }
        )
    chart.set_title({"name": forecast.names[i], "overlay": False, "name_font": {"size": 12}})
    # Excel's date axis counts whole days, so hours need a plain category axis.
    earliest = forecast.frequency.dates(forecast.first[i : i + 1])[0] if forecast.frequency.dated else None
    dated = earliest is not None and earliest > FIRST_EXCEL_DATE and not formats.subdaily
    axis = {"num_font": {"color": QUIET, "rotation": -45}, "label_position": "low"}
    chart.set_x_axis(axis | ({"date_axis": True, "num_format": formats.date_format} if dated else {}))
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#E3E6E8"}}, "num_format": "#,##0.##"})
    chart.set_legend({"position": "bottom", "delete_series": [1]})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 560, "height": 360})
    return chart
