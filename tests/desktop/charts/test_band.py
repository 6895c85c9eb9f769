"""A figure over time with its band."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from almanac.core.calendar.frequency import MONTHLY
from almanac.desktop.charts.band import BandChart, OverTime
from almanac.desktop.formatting import numbers

PERIODS = np.arange(640, 646)
HELD = OverTime(
    "Likely range held",
    MONTHLY,
    PERIODS,
    np.array([0.8, 0.7, 0.6, 0.5, 0.4, 0.3]),
    np.array([np.nan, 0.6, 0.6, 0.6, 0.6, 0.6]),
    np.array([np.nan, 0.9, 0.9, 0.9, 0.9, 0.9]),
    np.full(6, 0.8),
    numbers.percent,
)


@pytest.fixture
def chart(qtbot: QtBot, dressed: None) -> BandChart:  # noqa: ARG001
    made = BandChart()
    qtbot.addWidget(made)
    made.resize(500, 190)
    made.show_over_time(HELD)
    made.show()
    return made


def test_a_screen_reader_gets_the_latest_value_and_what_chance_allows(chart: BandChart) -> None:
    assert chart.accessibleName() == "Likely range held"
    assert chart.accessibleDescription() == "Latest: Oct 2023: 30%, 60% to 90% by chance."


def test_everything_is_in_view(chart: BandChart) -> None:
    (left, right), (low, high) = chart.getPlotItem().getViewBox().viewRange()
    assert left <= 640
    assert right >= 645
    assert low <= 0.3
    assert high >= 0.9


def test_the_axis_is_written_like_the_values(chart: BandChart) -> None:
    assert chart.getAxis("left").tickStrings([0.5, 0.75], 1.0, 0.25) == ["50%", "75%"]


def test_the_pointer_says_what_was_in_the_period_next_to_it(chart: BandChart) -> None:
    box = chart.getPlotItem().getViewBox()
    chart.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(640.2, 0.5)))
    assert chart.toolTip() == "May 2023: 80%"


def test_nothing_to_show_is_no_fault(chart: BandChart) -> None:
    empty = np.array([], np.float64)
    chart.show_over_time(OverTime("Nothing", MONTHLY, empty.astype(np.int64), *[empty] * 4, numbers.percent))
    assert chart.accessibleDescription() == ""
