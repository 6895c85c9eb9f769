"""The fan chart and its time axis."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop import builders

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, ROWS, WEEKLY, YEARLY, Frequency
from almanac.desktop.charts.date_axis import PeriodAxis, begins
from almanac.desktop.charts.fan import FanChart


@pytest.fixture
def chart(qtbot: QtBot) -> FanChart:
    made = FanChart()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    file = builders.read_file()
    made.show_series(file.series, 2, builders.result(file).forecast, 2)
    qtbot.waitExposed(made)
    return made


def hover(chart: FanChart, period: int) -> str:
    box = chart.getPlotItem().getViewBox()
    chart._on_mouse_moved(box.mapViewToScene(QPointF(period, 200)))
    return chart._pointer_text.toPlainText() if chart._pointer_text.isVisible() else ""


def test_a_chart_without_items_can_be_shown_and_changes_its_colours(qtbot: QtBot) -> None:
    bare = FanChart()
    qtbot.addWidget(bare)
    bare.show()
    QApplication.sendEvent(bare, QEvent(QEvent.Type.PaletteChange))
    bare.reset()
    qtbot.mouseMove(bare)
    bare.add_items()
    bare.add_items()
    assert not bare._pointer_text.isVisible()


def test_the_pointer_reads_past_and_future(chart: FanChart) -> None:
    value = builders.read_file().series[2][-1]
    assert hover(chart, 677) == f"Jun 2026: {value:.0f}"
    assert hover(chart, 678).startswith("Jul 2026: about ")
    assert ", likely " in hover(chart, 678)
    assert hover(chart, 2000) == ""


def test_a_double_click_shows_everything_again(chart: FanChart, qtbot: QtBot) -> None:
    box = chart.getPlotItem().getViewBox()
    before = box.viewRange()
    box.scaleBy((0.3, 1))
    assert box.viewRange() != before
    qtbot.mouseDClick(chart.viewport(), Qt.MouseButton.LeftButton)
    np.testing.assert_allclose(box.viewRange(), before, rtol=1e-6)


def test_labels_fit_on_the_right_of_the_lines(chart: FanChart) -> None:
    view = chart.getPlotItem().getViewBox().sceneBoundingRect()
    for text in chart._labels:
        assert text.mapRectToScene(text.boundingRect()).right() <= view.right() + 1


def test_a_screen_reader_reads_the_answer(chart: FanChart) -> None:
    assert chart.accessibleName()
    assert chart.accessibleDescription().startswith("Bread, Jul 2026: about ")


def test_gaps_and_flat_series_are_drawn(qtbot: QtBot) -> None:
    chart = FanChart()
    qtbot.addWidget(chart)
    file = builders.read_file(2)
    file.series.values[:66] = 0.0
    file.series.values[-5:] = np.nan
    forecast = builders.result(builders.read_file(2)).forecast
    forecast.quantiles[0] = 0.0
    for i in range(2):
        chart.show_series(file.series, i, forecast, i)
        assert not chart.grab().isNull()


@pytest.fixture
def plain_dates() -> Iterator[None]:
    """Dates as they are where no language is chosen: 5 Jan, not Jan 5."""
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("plain_dates")
@pytest.mark.parametrize(
    ("frequency", "low", "high", "expected"),
    [
        (MONTHLY, 648, 672, ["Jan\n2024", "Jul", "Jan\n2025", "Jul", "Jan\n2026"]),
        (YEARLY, 40, 56, ["2010", "2015", "2020", "2025"]),
        (DAILY, 20454, 20484, ["5 Jan", "12 Jan", "19 Jan", "26 Jan"]),
        (HOURLY, 490_896, 490_944, ["1 Jan", "12:00", "2 Jan", "12:00", "3 Jan"]),
    ],
)
def test_ticks_are_where_the_calendar_has_them(
    qtbot: QtBot,  # noqa: ARG001 - fonts need an application
    frequency: Frequency,
    low: int,
    high: int,
    expected: list[str],
) -> None:
    axis = PeriodAxis()
    axis.frequency = frequency
    ((spacing, values),) = axis.tickValues(low, high, 460)
    assert axis.tickStrings(values, 1, spacing) == expected


def test_an_axis_without_dates_counts_rows(qtbot: QtBot) -> None:  # noqa: ARG001
    axis = PeriodAxis()
    axis.frequency = ROWS
    assert axis.tickStrings([0.0, 9.0], 1, 9) == ["row 1", "row 10"]


def test_weeks_begin_on_mondays() -> None:
    numbers = np.arange(2900, 2904)
    assert begins(WEEKLY.dates(numbers), "W", 1).tolist() == [1, 2, 3]


def test_no_date_is_shown_beyond_the_last_forecast(chart: FanChart) -> None:
    box = chart.getPlotItem().getViewBox()
    (left, right), _ = box.viewRange()
    assert right > 689  # there is room for the labels
    for low, high in ((left, right), (left - 500, right + 500)):
        ticks = [at for _, values in chart._axis.tickValues(low, high, 700) for at in values]
        assert ticks
        assert 678 - 66 <= min(ticks) <= max(ticks) <= 689  # from the first value shown to the twelfth month ahead
