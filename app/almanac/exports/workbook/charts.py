"""Native Excel charts: history, forecast and likely range as lines a person can restyle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.series import Forecast, SeriesSet
from almanac.core.text import plain
from almanac.exports.content import AdjustedContent, ExportContent
from almanac.exports.workbook.printing import set_page
from almanac.exports.workbook.styles import (
    ACCENT,
    FIRST_EXCEL_DATE,
    QUIET,
    WIDTH,
    Formats,
    number_format,
    number_width,
    write_heads,
)
from almanac.wording.phrases import forecast_decimals

if TYPE_CHECKING:
    import xlsxwriter

MAX_CHARTS = 12
MAX_LABELS = 12  # below the axis of hours
MIN_WITHOUT_DECIMALS = 10  # an axis to so much has whole numbers; chosen by judgement
HISTORY_HORIZONS = 4  # the chart shows this many horizons of history, or two seasons where that is more
# Four charts on a page of A4 or Letter: 22 rows and 9 columns of the usual size for each, at 70%, where columns may be
# a fifth wider than in Excel, as they are without its font.
ROWS_PER_CHART, COLUMNS_PER_CHART, CHARTS_PER_PAGE, PRINT_SCALE = 22, 9, 4, 70
SIZE = {"width": 560, "height": 420}  # pixels
DATA = "Chart Data"
CHANGED = {"color": "#D55E00", "width": 2, "dash_type": "dash_dot"}  # the line of what the person adjusted
KNOWN, MIDDLE, LOW, HIGH, ADJUSTED = 2, 3, 4, 5, 6  # columns of that sheet


def largest(forecast: Forecast) -> list[int]:
    """Positions in ``forecast`` of the series with the largest sums, ascending: at most ``MAX_CHARTS``."""
    size = np.nansum(np.abs(forecast.point), axis=1)
    return sorted(np.argsort(-size, kind="stable")[:MAX_CHARTS].tolist())


def add_charts(book: xlsxwriter.Workbook, formats: Formats, content: ExportContent) -> None:
    """Add the sheets "Charts" and, with the numbers behind them, "Chart Data"."""
    series, forecast, adjusted = content.series, content.forecast, content.adjusted
    sheet = book.add_worksheet("Charts")
    data = _DataSheet(book.add_worksheet(DATA), formats, forecast, adjusted)
    sheet.hide_gridlines(2)
    shown = largest(forecast)
    if len(shown) < len(forecast.names):
        words = f"The {len(shown)} largest of {len(forecast.names):,} series. All are on the sheet Forecast."
        sheet.write_string(0, 0, words, formats.quiet)
    positions = series.positions([forecast.names[i] for i in shown])
    for k, i in enumerate(shown):
        rows = data.add(i, series.select(int(positions[k])))
        chart = _chart(book, formats, forecast.select(i), rows, series.measure(int(positions[k])).unit)
        if adjusted is not None and adjusted.changed[i].any():
            chart.add_series(_line(rows, ADJUSTED, "Adjusted by you", CHANGED))
        sheet.insert_chart(_row(k), k % 2 * COLUMNS_PER_CHART, chart)
    set_page(sheet, formats, scale=PRINT_SCALE)
    sheet.set_h_pagebreaks([_row(k) for k in range(CHARTS_PER_PAGE, len(shown), CHARTS_PER_PAGE)])
    data.sheet.hide()  # nothing to read: 30 printed pages of numbers that are on other sheets


def _row(k: int) -> int:
    """The row in which the k-th chart begins."""
    return 2 + k // 2 * ROWS_PER_CHART


class _DataSheet:
    """The sheet with the numbers behind the charts, written from top to bottom."""

    def __init__(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        formats: Formats,
        forecast: Forecast,
        adjusted: AdjustedContent | None,
    ) -> None:
        self.sheet, self.formats, self.forecast, self.adjusted = sheet, formats, forecast, adjusted
        self.likely = forecast.shown
        date = "Date" if forecast.frequency.dated else "Row"
        heads = ["Series", date, "Known", "Forecast", "Likely from", "Likely to"]
        heads += [] if adjusted is None else ["Adjusted"]
        write_heads(sheet, formats, heads, numbers=range(1, len(heads)))
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, formats.date_width)
        sheet.freeze_panes(1, 1)
        self.row, self.width = 1, WIDTH

    def add(self, i: int, series: SeriesSet) -> range:
        """Write the rows of series ``i`` of the forecast, whose history is ``series``; which rows they are."""
        first, history = self.row, self._history(series)
        decimals = forecast_decimals(self.forecast, i)
        number = self.formats.number(decimals)
        known = np.flatnonzero(np.isfinite(history))
        joint = int(known[-1]) if len(known) else -1
        start = int(series.last[0]) - len(history) + 1
        opened = ~series.closed(0, start + np.arange(len(history)))
        for j in np.flatnonzero(opened).tolist():
            value = float(history[j])
            cells = {KNOWN: value} if np.isfinite(value) else {}
            if j == joint:  # the last known point also starts the lines of the forecast
                cells |= dict.fromkeys((MIDDLE, LOW, HIGH), value)
            self._write(series.names[0], start + j, cells, number)
        likely = np.column_stack([quantiles[i] for quantiles in self.likely])
        self.width = number_width(np.append(history, likely), decimals, self.width)
        self.sheet.set_column(KNOWN, HIGH, self.width)
        has_value = self.forecast.has_value(i)
        for step in (step for step in self.forecast.open_steps(i).tolist() if has_value[step]):
            cells = dict(zip((MIDDLE, LOW, HIGH), likely[step].tolist(), strict=True))
            if self.adjusted is not None and self.adjusted.changed[i].any():
                cells[ADJUSTED] = float(self.adjusted.forecast.point[i, step])
            self._write(series.names[0], int(self.forecast.first[i]) + step, cells, number)
        return range(first, self.row)

    def _history(self, series: SeriesSet) -> Floats:
        steps = max(HISTORY_HORIZONS * self.forecast.horizon, 2 * self.forecast.frequency.season_length)
        return series[0][-steps:]

    def _write(self, name: str, period: int, cells: dict[int, float], number: xlsxwriter.format.Format) -> None:
        self.sheet.write_string(self.row, 0, name)
        self.formats.write_date(self.sheet, self.row, 1, period)
        for column, value in cells.items():
            self.sheet.write_number(self.row, column, value, number)
        self.row += 1


def _line(rows: range, column: int, name: str, line: dict[str, Any]) -> dict[str, Any]:
    """A line of a chart: these rows of a column."""
    return {
        "name": name,
        "categories": [DATA, rows[0], 1, rows[-1], 1],
        "values": [DATA, rows[0], column, rows[-1], column],
        "line": line,
    }


def _chart(
    book: xlsxwriter.Workbook, formats: Formats, forecast: Forecast, rows: range, unit: str
) -> xlsxwriter.chart.Chart:
    """The chart of a forecast of one series, whose numbers are in these rows."""
    chart = cast("xlsxwriter.chart.Chart", book.add_chart({"type": "line"}))  # None is for kinds it does not know
    lines = (
        (KNOWN, "Known", {"color": "#333333", "width": 1.5}),
        (LOW, "Likely from", {"color": ACCENT, "width": 1, "dash_type": "dash"}),
        (HIGH, "Likely range", {"color": ACCENT, "width": 1, "dash_type": "dash"}),
        (MIDDLE, "Forecast", {"color": ACCENT, "width": 2.25}),
    )
    for column, name, line in lines:
        chart.add_series(_line(rows, column, name, line))
    chart.set_title({"name": " ", "overlay": False, "name_font": {"size": 12}})
    chart.title.name = plain(forecast.names[0])  # set_title would take =S!A1 for a reference
    # Excel's date axis counts whole days, so hours need a plain category axis.
    earliest = forecast.frequency.dates(forecast.first)[0] if forecast.frequency.dated else None
    dated = earliest is not None and earliest > FIRST_EXCEL_DATE and not formats.subdaily
    dated = dated and forecast.frequency.fiscal is None
    axis = {"num_font": {"color": QUIET, "rotation": -45}, "label_position": "low"}
    kind = {"date_axis": True, "num_format": formats.date_format} if dated else {"text_axis": True}
    if formats.subdaily:
        kind |= {
            "num_format": formats.date_format,
            "interval_unit": max(len(rows) // MAX_LABELS, 1),
            "interval_tick": max(len(rows) // MAX_LABELS, 1),
        }
    chart.set_x_axis(axis | kind)
    axis_format = number_format(0 if np.nanmax(forecast.shown[2]) >= MIN_WITHOUT_DECIMALS else 1, unit)
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#E3E6E8"}}, "num_format": axis_format})
    chart.set_legend({"position": "bottom", "delete_series": [1]})
    chart.show_blanks_as("gap")
    chart.show_hidden_data()
    chart.set_size(SIZE)
    return chart
