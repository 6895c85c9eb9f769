"""Every place that shows a forecast shows the same number, and none where there is no value."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import hand_over

from almanac.core.calendar.frequency import DAILY
from almanac.core.jobs import run
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.charts.date_axis import ValueAxis
from almanac.desktop.charts.fan import FanChart
from almanac.desktop.charts.report import _amounts
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.forecast.listing.series_delegate import shortened
from almanac.desktop.pages.forecast.listing.series_model import LIKELY, NEXT, SeriesModel
from almanac.desktop.pages.forecast.tables.steps_table import StepsModel
from almanac.desktop.report.document import FONT_SIZE
from almanac.desktop.report.tables import step_texts, steps_table
from almanac.desktop.shell.station import StationKey
from almanac.desktop.theme import style
from almanac.desktop.window import MainWindow
from almanac.exports.content import ExportContent
from almanac.exports.workbook.book import write_workbook
from almanac.wording.phrases import how_sure, next_step

APP = Path(__file__).parents[2] / "app" / "almanac"
pytestmark = pytest.mark.usefixtures("qapp")
FIRST = 0.4997
PAGE_WIDTH = 504  # of A4 less its margins, in points


@pytest.fixture
def sparse() -> tuple[SeriesSet, Forecast]:
    """Ten series of which one is a mean that is far from its median of 0, and one has no value on two of seven days."""
    file = builders.read_file(10, points=70, frequency=DAILY)
    forecast = builders.result(file, 14).forecast
    quantiles, means = forecast.quantiles.copy(), forecast.mean.copy()
    quantiles[3] = np.array([0.0] * 6 + [0.0012, 1.2, 2.1267])
    means[3] = FIRST
    closed = np.zeros((10, 14), dtype=bool)
    closed[4] = np.isin(np.arange(14) % 7, (0, 1))
    return file.series, replace(
        forecast, quantiles=quantiles, means=means, mean_points=np.arange(10) == 3, closed=closed, without_value=closed
    )


def first_numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(?:about|likely|to|between|and) (-?\d+\.\d+)", text)]


def test_every_place_shows_the_point_forecast(sparse: tuple[SeriesSet, Forecast], qtbot: QtBot, tmp_path: Path) -> None:
    series, forecast = sparse
    shown = [0.5, 0.0, 2.13]
    assert first_numbers(f"{next_step(forecast, 3)} {how_sure(forecast, 3)}") == shown
    listed = SeriesModel(series, forecast)
    row = listed.index(listed.row_of(3))
    assert [float(row.data(NEXT)), *first_numbers(row.data(LIKELY))] == shown
    table = StepsModel(forecast, 3)
    assert [float(table.index(0, column).data()) for column in range(3)] == shown
    chart = FanChart()
    qtbot.addWidget(chart)
    chart.show_series(series, 3, forecast, 3)
    assert first_numbers(chart._sentence_at(int(forecast.first[3]))) == shown
    assert chart._point.getData()[1][1] == FIRST
    assert step_texts(forecast, 3)[0][1:] == ["0.50", "0.00", "2.13"]
    target = tmp_path / "book.xlsx"
    run(write_workbook(target, ExportContent(series, forecast)))
    book = openpyxl.load_workbook(target, read_only=True)
    name = forecast.names[3]
    rows = [row for row in book["Summary"].iter_rows(values_only=True) if row[0] == name]
    assert rows[0][9:12] == pytest.approx((FIRST, 0.0, 2.1267))
    rows = [row for row in book["Forecast"].iter_rows(values_only=True) if row[0] == name]
    assert rows[0][3] == pytest.approx(FIRST)
    rows = [row for row in book["Chart Data"].iter_rows(values_only=True) if row[0] == name and row[2] is None]
    assert rows[0][3:6] == pytest.approx((FIRST, 0.0, 2.1267))


def test_no_place_takes_the_median_for_the_forecast() -> None:
    for package in ("desktop", "exports", "wording", "cli"):
        for path in (APP / package).rglob("*.py"):
            code = path.read_text("utf-8")
            assert not re.search(r"\.median\b|quantile\(0\.5|in \(0\.5, LIKELY", code.replace("np.median", "")), path


def test_closed_steps_are_left_out_of_the_line_and_the_table(sparse: tuple[SeriesSet, Forecast], qtbot: QtBot) -> None:
    series, forecast = sparse
    chart = FanChart()
    qtbot.addWidget(chart)
    chart.resize(700, 400)
    chart.show_series(series, 4, forecast, 4)
    first = int(forecast.first[4])
    for item in (chart._point, *chart._edges):
        at, values = item.getData()
        drawn = {round(x - first) for x, y in zip(at, values, strict=True) if np.isfinite(y)}
        assert drawn == {-1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13}
        assert np.isfinite(values).all()  # neither a fall to 0 nor a gap
    assert chart._sentence_at(first).endswith(": closed")
    table = StepsModel(forecast, 4)
    assert table.rowCount() == 10
    assert all(table.index(row, column).data() for row in range(10) for column in range(3))
    assert len(step_texts(forecast, 4)) == 10
    assert not chart.grab().isNull()


def test_days_that_are_open_by_themselves_are_joined(sparse: tuple[SeriesSet, Forecast], qtbot: QtBot) -> None:
    series, forecast = sparse
    assert forecast.without_value is not None
    assert forecast.closed is not None
    forecast.without_value[4] = forecast.closed[4] = np.arange(14) % 2 == 0
    chart = FanChart()
    qtbot.addWidget(chart)
    chart.show_series(series, 4, forecast, 4)
    at, values = chart._point.getData()
    assert np.isfinite(values).all()
    assert [round(x - int(forecast.first[4])) for x in at] == [-1, 1, 3, 5, 7, 9, 11, 13]


def test_a_series_that_is_closed_throughout_says_so(sparse: tuple[SeriesSet, Forecast], qtbot: QtBot) -> None:
    series, forecast = sparse
    assert forecast.without_value is not None
    assert forecast.closed is not None
    forecast.without_value[4] = forecast.closed[4] = True
    assert next_step(forecast, 4).endswith(": closed.")
    assert "closed throughout" in how_sure(forecast, 4)
    listed = SeriesModel(series, forecast)
    assert listed.index(listed.row_of(4)).data(NEXT) == "closed"
    chart = FanChart()
    qtbot.addWidget(chart)
    chart.show_series(series, 4, forecast, 4)
    assert not any(text.isVisible() for text in chart._labels)


def test_each_series_has_the_decimals_it_needs() -> None:
    """Large and small numbers side by side: neither is rounded to nothing, nor written with needless decimals."""
    file = builders.read_file(3)
    forecast = builders.result(file).forecast
    sizes = (1e12, 1.0, 1e-7)
    scaled = replace(forecast, quantiles=forecast.quantiles * np.array(sizes)[:, None, None])
    listed = SeriesModel(file.series, scaled)
    for i, size in enumerate(sizes):
        row = listed.index(listed.row_of(i))
        about = float(row.data(NEXT).replace(",", ""))
        assert about == pytest.approx(forecast.point[i, 0] * size, rel=0.02)
        assert row.data(NEXT) in numbers.next_step(scaled, i)


@pytest.mark.parametrize("width", [120, 200, 240])
def test_nothing_in_the_list_is_cut_without_an_ellipsis(width: int) -> None:
    metrics = QFontMetrics(style.font(14))
    for left in ("Bread", "A very long name of something that is sold in the shop at the end of the road"):
        for right in ("", "12", "1,234,567,890,123,456,789,012"):
            texts = shortened(left, right, metrics, width)
            assert sum(metrics.horizontalAdvance(text) for text in texts) <= width
            assert all(text == whole or "…" in text for text, whole in zip(texts, (left, right), strict=True))
            assert texts[0] not in ("", "…")


def test_what_is_shortened_in_the_list_is_in_its_tool_tip(sparse: tuple[SeriesSet, Forecast]) -> None:
    series, forecast = sparse
    listed = SeriesModel(series, forecast)
    row = listed.index(listed.row_of(3))
    assert row.data(Qt.ItemDataRole.ToolTipRole).splitlines()[:3] == ["Coffee", "0.50", "likely 0.00 to 2.13"]


@pytest.mark.parametrize("size", [1e-12, 1.0, 1e6, 1e18])
def test_no_number_in_the_report_is_broken_or_beyond_the_page(size: float) -> None:
    forecast = builders.result(builders.read_file(3), 28).forecast
    large = replace(forecast, quantiles=forecast.quantiles * size, decimals=None)
    page = QTextDocument()
    page.setDefaultFont(style.font(FONT_SIZE))
    page.setDocumentMargin(0)
    page.setHtml(steps_table(large, 0))
    page.setTextWidth(PAGE_WIDTH)
    assert page.size().width() <= PAGE_WIDTH
    written = page.toPlainText().replace("\u00a0", " ")
    assert all(text in written for row in step_texts(large, 0) for text in row)


@pytest.mark.parametrize("size", [1e-15, 1e-9, 1.0, 1e9, 1e18])
def test_the_amounts_next_to_the_chart_in_the_report_have_room(size: float) -> None:
    amounts = _amounts(120 * size, 290 * size)
    assert 2 <= len(amounts) <= 5
    assert len({text for _, text in amounts}) == len(amounts)


@pytest.mark.parametrize(("spacing", "decimals"), [(5e13, 0), (50.0, 0), (0.25, 1), (2e-7, 7)])
def test_amounts_on_the_axis_are_written_as_numbers_are(spacing: float, decimals: int) -> None:
    assert ValueAxis().tickStrings([3 * spacing], 1, spacing) == [numbers.number(3 * spacing, decimals)]


def test_why_this_forecast_shows_no_other_number_for_an_average(
    sparse: tuple[SeriesSet, Forecast], still: MainWindow
) -> None:
    """What it compares is the median of the model, which would be 0 here."""
    _, forecast = sparse
    file = builders.read_file(10, points=70, frequency=DAILY)
    hand_over(still, "check", file)
    hand_over(still, "forecast", replace(builders.result(file, 14), forecast=forecast))
    page = still.trust
    page.tabs.setCurrentIndex(page.views.index(page.explanation))
    still.go_to(StationKey.TRUST)
    page.show_series(3)
    assert page.explanation.sentence.text().startswith("Its forecast is the average to expect")
    assert not page.explanation.parts.isVisible()
