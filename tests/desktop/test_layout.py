"""No page has a fault of layout, at any size, with long names, large numbers, one series or thousands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import answer_adjustment, answer_all, answer_lookups, hand_over
from tests.desktop.layout import faults, popup_faults
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.calendar.frequency import DAILY, MONTHLY
from almanac.core.entered.adjustments import AdjustmentKind
from almanac.core.jobs import run
from almanac.core.triggers import TriggerSettings
from almanac.desktop.pages.orders.page import OrdersPage
from almanac.desktop.pages.orders.stock_model import FIRST_TYPED, ORDER, TYPED
from almanac.desktop.pages.watch.page import WatchPage
from almanac.desktop.shell.station import StationKey
from almanac.desktop.widgets.basic import framed
from almanac.desktop.widgets.figures_table import FiguresTable
from almanac.tables.reading import ReadFile
from almanac.workflow.history.browse import HistoryOverview
from almanac.workflow.results import ForecastResult
from almanac.workflow.updates.alerts import OpenAlert

USUAL, SMALLEST, HALF_OF_A_LAPTOP = (1180, 780), (1024, 700), (680, 380)  # the last: a laptop's screen at 200%
LONG = "the shop at the far end of the long road by the river <North & South>"
LARGE = 10_560_123.0
MIN_CHART = 120  # pixels high
TURNS = 4  # of the event loop, until a page that scrolls is laid out
MAX_TYPED = 60  # products of a stock list
MAX_ADDED_UP = 10  # series: adding up many takes time, and says the same
# Windows of the offscreen plugin take no part in a screen.
pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("dressed"),
]


@dataclass(frozen=True)
class Content:
    """What pages show: so many series, with long names or large numbers, with or without practice runs."""

    series: int
    long: bool = False
    large: bool = False
    checked: bool = False


@cache
def file_of(content: Content) -> ReadFile:
    asked = builders.read_file(content.series, findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,))
    made = builders.with_sheets(asked)
    names = tuple(f"{name} in {LONG}" for name in made.series.names) if content.long else made.series.names
    values = np.round(made.series.values * LARGE) if content.large else made.series.values
    keys = tuple((name,) for name in names) if made.series.keys else ()
    return replace(made, series=replace(made.series, names=names, values=values, keys=keys))


@cache
def result_of(content: Content) -> ForecastResult:
    file = file_of(content)
    return run(workflow.forecast(file)) if content.checked else builders.result(file)


def pages(window: WindowUnderTest, result: ForecastResult) -> Iterator[str]:
    """Show one page after another, and name each."""
    window.show_page(window.start)
    yield "start"
    names = result.forecast.names
    work = tuple(builders.work_of(k, f"{name} in {LONG}", k) for k, name in enumerate(names[:5]))
    window.session.history.listed.emit(HistoryOverview(work, int(LARGE)))
    yield "start with recent work"
    window.session.history.deleted.emit(names[0])
    window.start.recent.rows[0].rename.click()
    yield "start with a name being changed"
    hand_over(window, "check", result.file)
    for step in window.data.active_steps:
        window.data.show_step(step)
        yield f"data: {step.name}"
    hand_over(window, "forecast", result)
    yield "forecast"
    if len(result.forecast.names) <= MAX_ADDED_UP:
        yield from forecast_of_everything(window)
    window.forecast.as_table.click()
    yield "forecast as a table"
    window.forecast.as_table.click()
    window.forecast.events.click()
    assert window.forecast.events.dialog is not None
    yield "events"
    window.forecast.events.dialog.reject()
    yield from adjusting(window)
    window.go_to(StationKey.TRUST)
    for k in range(window.trust.tabs.count()):
        window.trust.tabs.setCurrentIndex(k)
        if window.trust.view is window.trust.evidence and window.trust.evidence.fold.isVisible():
            window.trust.evidence.fold.click()
        yield f"trust: {window.trust.tabs.tabText(k)}"
    yield from watching(window)
    yield from ordering(window)
    window.go_to(StationKey.EXPORT)
    yield "export"


def ordering(window: WindowUnderTest) -> Iterator[str]:
    """Orders without a list, with a full one, and with a cell that is no amount."""
    window.go_to(StationKey.ORDERS)
    yield "orders"
    page = window.page(StationKey.ORDERS)
    assert isinstance(page, OrdersPage)
    typed = {"On order": LARGE / 7, "Lead time": "2 months", "Pack size": 1_000.5, "Certainty": "99.5%"}
    for row in range(min(page.model.rowCount(), MAX_TYPED)):
        for name, cell in {"Stock": LARGE if row % 2 else -LARGE, **typed}.items():
            page.model.setData(page.model.index(row, FIRST_TYPED + TYPED.index(name)), str(cell))
    page._request()
    answer_all(window)
    assert page.model.index(0, ORDER).data()
    yield "orders, a full list"
    page.model.setData(page.model.index(0, FIRST_TYPED), f"as agreed with {LONG}")
    yield "orders, with a cell that is no amount"


def watching(window: WindowUnderTest) -> Iterator[str]:
    """Watch with new data to look at, and with what came of them."""
    page = window.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    window.show_page(page)
    yield "watch"
    proposal, accepted = builders.new_data()
    page.show_proposal(proposal)
    yield "watch: new data"
    page.show_accepted(accepted)
    page.show_alerts([OpenAlert(str(k), one) for k, one in enumerate(accepted.alerts)])
    yield "watch: what changed"
    yield from asking(page, window.session.result.forecast.names)  # type: ignore[union-attr]


def asking(page: WatchPage, names: tuple[str, ...]) -> Iterator[str]:
    """The dialogs of Watch."""
    page.show_settings(TriggerSettings())
    yield "watch: when to warn"
    assert page.dialog is not None
    page.dialog.reject()
    one, event = builders.explained(names[-1])
    page.show_alerts([one])
    page.ask_when_sold_out(one, event)
    yield "watch: when it was sold out"
    assert page.events is not None
    page.events.reject()
    page.show_runs(builders.RUNS)
    assert page.runs is not None
    page.runs.show_comparison(builders.run_comparison(*names, names[0]))
    yield "watch: earlier forecasts"
    page.runs.undo_wanted.disconnect()
    page.runs.deletion_wanted.disconnect()
    page.runs.delete.click()
    yield "watch: an earlier forecast deleted"
    page.runs.reject()


def adjusting(window: WindowUnderTest) -> Iterator[str]:
    """The dialog for adjustments, and the page with one of each kind."""
    page = window.forecast
    for kind, amount in ((AdjustmentKind.SET, "123456.5"), (AdjustmentKind.SCALE, "1,25")):
        page.adjust.click()
        dialog = page.adjust.dialog
        assert dialog is not None
        dialog.entry.kinds[kind].setChecked(True)
        dialog.entry.amount.setText(amount)
        dialog.entry.note.setText(f"As agreed with {LONG}")
        yield f"adjust: {kind}"
        dialog.use.click()
        answer_adjustment(window)
        yield f"forecast, adjusted: {kind}"
    page.undo_wanted.emit()
    page.undo_wanted.emit()
    answer_adjustment(window)


def forecast_of_everything(window: WindowUnderTest) -> Iterator[str]:
    """The Forecast page with the totals of everything, and with what it says meanwhile."""
    answer_lookups(window)
    yield "forecast with totals"
    page = window.forecast
    first = int(page.target.forecast.first[page.target.i])  # type: ignore[union-attr]
    page.chart.mark.mark((first + 1, first + 4))
    page.chart.span_marked.emit()
    answer_lookups(window)
    yield "forecast with a span marked"
    page.chart.mark.mark(None)
    page.chart.span_marked.emit()
    if len(page.result.forecast.names) > 1:  # type: ignore[union-attr]
        page.select(-1)
        yield "forecast of everything, being added up"
        answer_lookups(window)
        page.answer.per.setCurrentIndex(1)
        page.answer.per.activated.emit(1)
        yield "forecast of everything per quarter"
        page.search.setText("nothing is called this")
        page.side.arrange()
        yield "forecast with nothing found"
        page.search.clear()
        page.select(0)


def all_faults(window: WindowUnderTest, result: ForecastResult, size: tuple[int, int]) -> list[str]:
    window.setMinimumSize(1, 1)
    window.resize(*size)
    found = []
    for page in pages(window, result):
        for _ in range(TURNS):
            QApplication.processEvents()
        found += [f"{page}: {fault}" for fault in (*faults(window), *popup_faults(window))]
    return found


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (Content(3, long=True, large=True, checked=True), SMALLEST),
        (Content(10, long=True), HALF_OF_A_LAPTOP),
    ],
    ids=str,
)
def test_no_page_has_a_fault_of_layout(still: WindowUnderTest, content: Content, size: tuple[int, int]) -> None:
    found = all_faults(still, result_of(content), size)
    assert found == [], "\n".join(found)


def test_what_was_open_before_leaves_no_room_too_small(still: WindowUnderTest) -> None:
    """Words of another file may be longer: Each month after Each day, Perhaps from after Likely from."""
    daily, monthly = (builders.read_file(1, 60, frequency) for frequency in (DAILY, MONTHLY))
    for result in (builders.result(daily, 7), builders.result(monthly, 1)):
        hand_over(still, "check", result.file)
        hand_over(still, "forecast", result)
        answer_lookups(still)
        assert faults(still) == []
    assert still.forecast.ahead.horizon.text() == "1 month"


def test_the_chart_is_never_so_flat_that_it_shows_no_pattern(still: WindowUnderTest) -> None:
    still.setMinimumSize(1, 1)
    still.resize(*HALF_OF_A_LAPTOP)
    result = result_of(Content(3, long=True))
    hand_over(still, "check", result.file)
    hand_over(still, "forecast", result)
    answer_lookups(still)
    assert still.forecast.chart.height() >= MIN_CHART


@pytest.mark.slow
@pytest.mark.parametrize("size", [USUAL, SMALLEST, HALF_OF_A_LAPTOP], ids=str)
@pytest.mark.parametrize("large", [False, True], ids=["usual numbers", "large numbers"])
@pytest.mark.parametrize("long", [False, True], ids=["usual names", "long names"])
@pytest.mark.parametrize("series", [1, 10, 5_000])
def test_no_page_has_a_fault_of_layout_in_any_combination(
    still: WindowUnderTest, series: int, long: bool, large: bool, size: tuple[int, int]
) -> None:
    content = Content(series, long, large, checked=series < 5_000)
    found = all_faults(still, result_of(content), size)
    assert found == [], "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_no_page_has_a_fault_of_layout_on_a_sharper_screen(scale: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", __file__]
    command += ["--basetemp", str(tmp_path / "inner")]
    environment = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    folder = Path(__file__).parents[2]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: _in_a_row(QLabel("12,345,678,901"), width=40), "pixels wide"),
        (lambda: _in_a_row(QPushButton("Show the Whole Table"), width=60), "of"),
        (lambda: _over_one_another(), "lies over"),
        (lambda: _in_another_font(), "not"),
        (lambda: _card_without_content(), "nothing below"),
    ],
    ids=["cut label", "cut button", "overlap", "font", "heading alone"],
)
def test_the_checker_finds_what_it_looks_for(qtbot: QtBot, make, said: str) -> None:  # type: ignore[no-untyped-def]
    widget = make()
    qtbot.addWidget(widget)
    widget.show()
    assert any(said in fault for fault in faults(widget))


def _in_a_row(part: QWidget, width: int) -> QWidget:
    outer = QWidget()
    row = QHBoxLayout(outer)
    part.setFixedWidth(width)
    row.addWidget(part)
    return outer


def _over_one_another() -> QWidget:
    outer = QWidget()
    grid = QGridLayout(outer)
    for text in ("one", "other"):
        grid.addWidget(QLabel(text), 0, 0)
    return outer


def _card_without_content() -> QWidget:
    frame = framed("How often did the ranges hold?", table := FiguresTable("ranges"))
    table.hide()
    return frame


def _in_another_font() -> QWidget:
    outer = QWidget()
    label = QLabel("in a font of the system", outer)
    label.setStyleSheet("font-family: 'DejaVu Sans'")
    return outer
