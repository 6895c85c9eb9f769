"""The chart's card: the whole history, the range, last year, and the menus."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import answer_lookups
from tests.desktop.pages.forecast.test_page import departments, growing, shown
from tests.window_fixtures import WindowUnderTest

from almanac.core.calendar.frequency import DAILY, ROWS
from almanac.core.measure import Measure
from almanac.desktop.charts.extent import last_year
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.forecast.menus import chart_menu, copy_every_series, list_menu
from almanac.desktop.pages.forecast.page import ForecastPage
from almanac.desktop.shell.station import StationKey


@pytest.fixture
def page(still: WindowUnderTest) -> ForecastPage:
    shown(still, growing(departments()))
    return still.forecast


def left(page: ForecastPage) -> float:
    return float(page.chart.getPlotItem().getViewBox().viewRange()[0][0])


def test_all_history_is_one_press_away_and_back(page: ForecastPage) -> None:
    first = float(page.target.series.first[page.target.position])
    before = left(page)
    assert before > first + 10
    page.detail.history.click()
    assert left(page) < first + 1
    assert page.detail.history.text().replace("&", "") == "Latest History"
    page.select(3)  # the next series has all of its history as well
    assert left(page) < first + 1
    page.detail.history.click()
    assert left(page) == pytest.approx(before)


def test_the_keys_move_and_zoom_the_chart(page: ForecastPage, qtbot: QtBot) -> None:
    chart, before = page.chart, left(page)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert left(page) < before
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert left(page) > before
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert left(page) < float(page.target.series.first[0]) + 1


def test_amounts_that_are_in_view_are_in_the_picture(still: WindowUnderTest) -> None:
    file = builders.read_file(1)
    file.series.values[:6] *= 40
    shown(still, builders.result(file))
    box = still.forecast.chart.getPlotItem().getViewBox()
    top = box.viewRange()[1][1]
    still.forecast.chart.show_whole()
    assert box.viewRange()[1][1] > 10 * top
    still.forecast.chart.reset()
    assert box.viewRange()[1][1] == pytest.approx(top)


def test_the_range_is_chosen_among_those_that_are_known(page: ForecastPage) -> None:
    level = page.detail.level
    assert [level.itemText(k) for k in range(level.count())] == ["50%", "80%"]
    assert level.currentText() == "80%"
    level.setCurrentIndex(0)
    level.activated.emit(0)
    assert page.chart._labels_shown[0] == "50% likely"
    page.select(4)
    assert page.chart._labels_shown[0] == "50% likely"
    low = page.target.forecast.quantile(0.25)[4]
    np.testing.assert_allclose(page.chart._edges[0].getData()[1][1:], low)


def test_last_year_is_a_line_below_the_forecast(page: ForecastPage) -> None:
    series, position = page.target.series, page.target.position
    np.testing.assert_allclose(page.chart._last_year.getData()[1], series[position][-12:])


def test_last_year_of_days_is_the_same_weekday() -> None:
    file = builders.read_file(1, points=800, frequency=DAILY)
    forecast = builders.result(file, 14).forecast
    x, values = last_year(file.series, 0, forecast, 0)
    assert x[0] - 364 == file.series.last[0] + 1 - 364
    np.testing.assert_allclose(values, file.series[0][800 - 364 : 800 - 364 + 14])
    counted = builders.read_file(1, frequency=ROWS)
    assert len(last_year(counted.series, 0, builders.result(counted).forecast, 0)[0]) == 0


def test_the_unit_of_the_file_is_named(still: WindowUnderTest) -> None:
    file = builders.read_file(1)
    file = replace(file, series=replace(file.series, measures=(Measure("flow", "kWh"),)))
    shown(still, builders.result(file))
    assert still.forecast.name.accessibleName() == "Apples (kWh)"


def test_the_menus_offer_what_there_is(page: ForecastPage, still: WindowUnderTest) -> None:
    texts = [action.text().replace("&", "") for action in list_menu(page).actions() if action.text()]
    assert texts == ["Copy", "Copy All Series", "Show as Table", "Adjust…", "Why This Forecast", "How Likely?"]
    page.select(-1)
    answer_lookups(still)
    off = [action.text().replace("&", "") for action in chart_menu(page).actions() if not action.isEnabled()]
    assert off == ["Why This Forecast", "How Likely?"]


def test_every_series_is_copied_in_the_order_of_the_list(page: ForecastPage, qtbot: QtBot) -> None:
    page.sort.setCurrentIndex(1)
    page.side.arrange()
    with qtbot.waitSignal(page.copier.copied):
        copy_every_series(page)
    heads = QGuiApplication.clipboard().text().split("\n")[0].split("\t")
    model = page.list.model()
    assert heads[1:] == [model.index(k, 0).data() for k in range(1, model.rowCount())]


def test_why_this_forecast_is_one_press_away(page: ForecastPage, still: WindowUnderTest) -> None:
    page.select(5)
    next(action for action in list_menu(page).actions() if "Why" in action.text()).trigger()
    assert still.pages.currentWidget() is still.trust
    assert still.trust.views[still.trust.tabs.currentIndex()] is still.trust.explanation
    assert still.trust.series.currentIndex() == 5


def test_another_model_is_one_press_away(page: ForecastPage, still: WindowUnderTest) -> None:
    page.other_model.click()
    assert still.trust.views[still.trust.tabs.currentIndex()] is still.trust.models
    view = still.trust.models
    assert not view.again.isVisible()
    view._pin("quick@2.0.0")
    assert view.next_words.text() == "From now on quick@2.0.0 is used. This forecast is still by careful@1.0.0."
    view.again.click()
    assert still.session.jobs.pending_name == "forecast"


def at_period(page: ForecastPage, period: float) -> QPoint:
    """Where a period of the chart is."""
    box = page.chart.getPlotItem().getViewBox()
    (_, _), (low, high) = box.viewRange()
    return page.chart.mapFromScene(box.mapViewToScene(QPointF(period, (low + high) / 2)))


def test_a_span_that_is_dragged_in_the_forecast_is_added_up(
    still: WindowUnderTest, page: ForecastPage, qtbot: QtBot
) -> None:
    answer_lookups(still)
    first, view = int(page.target.forecast.first[page.target.i]), page.chart.viewport()
    begin, end = at_period(page, first + 1.1), at_period(page, first + 3.2)
    before = left(page)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(view, at_period(page, first + 2.5))
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert page.detail.span == (first + 1, first + 3)
    assert left(page) == before
    assert page.answer.span.text().endswith(": …")
    assert answer_lookups(still)[-1] == "span_total"
    expected = page.target.forecast.mean[page.target.i, 1:4].sum()
    words = numbers.number(expected, 0)
    assert f"about {words}, " in page.answer.span.text()
    assert page.answer.span.isVisible()
    page.select(-1)
    answer_lookups(still)
    assert page.detail.span == (first + 1, first + 3)  # of everything, the same span
    assert f"about {words}, " not in page.answer.span.text()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of dialogs
def test_a_span_is_marked_by_the_keyboard_and_how_likely_asks_about_it(
    still: WindowUnderTest, page: ForecastPage, qtbot: QtBot
) -> None:
    chart, first = page.chart, int(page.target.forecast.first[page.target.i])
    shift, both = (
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier,
    )
    for key, modifiers, wanted in (
        (Qt.Key.Key_Right, shift, (0, 0)),
        (Qt.Key.Key_Right, shift, (0, 1)),
        (Qt.Key.Key_Right, shift, (0, 2)),
        (Qt.Key.Key_Right, both, (1, 2)),
        (Qt.Key.Key_Left, shift, (1, 1)),
        (Qt.Key.Key_Right, shift, (1, 2)),
    ):
        qtbot.keyClick(chart, key, modifiers)
        assert page.detail.span == (first + wanted[0], first + wanted[1])
    page.how_likely.click()
    view = still.trust.probabilities
    assert (view.first.currentIndex(), view.last.currentIndex()) == (1, 2)
    still.go_to(StationKey.FORECAST)
    page.open_adjust()
    entry = page.adjust.dialog.entry
    assert (entry.first.currentData(), entry.last.currentData()) == page.detail.span
    page.adjust.dialog.reject()
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert page.detail.span is None
    assert not page.answer.span.isVisible()
