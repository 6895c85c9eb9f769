"""Ten thousand series: searching, sorting, and a window that always responds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from tests.builders import forecast_of, series_set
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.eventloop import MAX_PAUSE_S, Heartbeat, best_of_three

from almanac.core.calendar.frequency import DAILY
from almanac.desktop.pages.forecast.listing.list_order import SORTS
from almanac.desktop.pages.forecast.listing.series_model import SeriesModel, change_words
from almanac.desktop.window import MainWindow

pytestmark = pytest.mark.usefixtures("dressed")


def longest_pause(qtbot: QtBot, *steps: Callable[[], object]) -> float:
    """Return the longest pause of the event loop while these steps ran, one by one."""
    with Heartbeat() as heart:
        for step in steps:
            QTimer.singleShot(0, step)
            qtbot.wait(250)
    return heart.pauses[0]


def test_the_window_responds_with_ten_thousand_series(still: MainWindow, qtbot: QtBot) -> None:
    file = builders.read_file(10_000, points=120)
    result = builders.result(file, 12)
    hand_over(still, "check", file)
    list(still.forecast.preload())  # the window does this before it reads any result
    qtbot.wait(50)

    def arrive() -> None:
        hand_over(still, "forecast", result)

    page = still.forecast
    steps = (
        arrive,
        lambda: page.search.setText("77"),
        lambda: page.search.clear(),
        lambda: (page.sort.setCurrentIndex(1), page.side.arrange()),
        lambda: page.list.setCurrentIndex(page.list.model().index(5000, 0)),
        lambda: page.as_table.click(),
    )
    pauses = best_of_three(lambda: longest_pause(qtbot, *steps))
    assert min(pauses) < MAX_PAUSE_S, pauses


def model(count: int) -> SeriesModel:
    file = builders.read_file(count)
    return SeriesModel(file.series, builders.result(file).forecast)


def names(of: SeriesModel) -> list[str]:
    return [of.index(k).data() for k in range(of.rowCount())]


def test_search_finds_parts_of_names_in_any_case() -> None:
    listed = model(10)
    listed.arrange(" E", 0)
    assert names(listed) == ["Apples", "Beer", "Bread", "Coffee", "Eggs", "Flowers", "Ice cream", "Newspapers"]
    listed.arrange("bEE", 0)
    assert names(listed) == ["Beer"]
    listed.arrange("no such name", 0)
    assert names(listed) == []


def test_sorting_is_by_name_by_size_by_growth_and_by_least_sure() -> None:
    listed = model(10)
    assert SORTS == ("Name", "Size", "Growth", "Least Sure")
    assert names(listed) == sorted(names(listed))
    middle, low, high = listed._forecast.shown
    listed.arrange("", 1)
    assert listed.position(0) == int(middle.mean(axis=1).argmax())
    listed.arrange("", 2)
    assert listed.position(0) == int(listed._change.argmax())
    listed.arrange("", 3)
    width = (high - low).mean(axis=1) / middle.mean(axis=1)
    assert width[listed.position(0)] == pytest.approx(width.max())


def test_the_selected_series_stays_selected_while_it_is_listed(still: MainWindow) -> None:
    file = builders.read_file()
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    page = still.forecast
    page.list.setCurrentIndex(page.list.model().index(7, 0))
    assert page.sentence.text().startswith("Milk, ")
    page.search.setText("mil")
    page.side.arrange()
    assert page.list.currentIndex().data() == "Milk"
    page.search.setText("bread")
    page.side.arrange()
    assert page.found.text() == "1 of 10 series"
    assert page.sentence.text().startswith("Milk, ")  # nothing changes while someone types


def test_a_change_is_described_in_words() -> None:
    assert change_words(0.12) == "12% above usual"
    assert change_words(-0.4) == "40% below usual"
    assert change_words(0.001) == "as usual"
    assert change_words(float("inf")) == ""


def test_closed_days_do_not_make_a_forecast_less_than_usual() -> None:
    series = series_set([100.0] * 40, [100.0] * 40, frequency=DAILY)
    closed = np.tile([[True, False, False, False]], (2, 2))
    closed[1] = True
    quantiles = np.where(closed[:, :, None], 0.0, np.full((2, 8, 9), 100.0))
    listed = SeriesModel(series, forecast_of(series, 8, quantiles=quantiles, closed=closed))
    assert [change_words(float(change)) for change in listed._change] == ["as usual", ""]
