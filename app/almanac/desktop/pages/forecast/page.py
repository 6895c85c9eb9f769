"""Forecast: the answer as a sentence, then a table, then a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from almanac.core.levels import LIKELY
from almanac.core.problems import Problem
from almanac.core.text import shortened
from almanac.desktop.charts.extent import open_past
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.forecast.series_list import SORTS, SeriesList, SeriesModel
from almanac.desktop.pages.forecast.steps_table import StepsTable
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import OneLine, Selector, button, card, label
from almanac.wording.made_by import made_by
from almanac.wording.open_periods import CLOSED_IN_FORECAST, CLOSED_PERIODS, closed_words
from almanac.wording.phrases import RangeSupport

if TYPE_CHECKING:
    from almanac.desktop.charts.fan import FanChart
    from almanac.desktop.session import Session
    from almanac.workflow.results import ForecastResult

SAID_BY_ANSWER = (CLOSED_IN_FORECAST, "forecast_is_mean")  # notes on what is said next to each forecast
SUPPORTED = (RangeSupport.CHECKED, RangeSupport.UNDER_WAY)  # a range that is being checked is not marked yet
LIST_WIDTH = 272
MAX_HORIZON = 100_000
SEARCH_DELAY_MS = 80  # typing must not search a long list at every letter
COPIED_MS = 1500  # how long the button says Copied
MAX_NAME_LENGTH = 60  # in the sentence; the whole name is in the list and above the chart, with a tool tip
MAX_NOTES = 2  # the rest is in the workbook; the answer needs its space


class ForecastPage(Page):
    """The forecast of every series, one of them in detail.

    ``horizon_requested`` carries how far ahead the person wants to look; ``series_shown`` the position in the forecast
    of the series that is shown in detail; ``chances_wanted``: how likely its amounts are; ``finding_wanted``: the
    finding with this code, to treat it otherwise.
    """

    horizon_requested = Signal(int)
    series_shown = Signal(int)
    chances_wanted = Signal()
    finding_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What comes next?", parent, fill=True)
        self.result: ForecastResult | None = None
        self.model: SeriesModel | None = None
        self.chart: FanChart | None = None
        self._positions = np.zeros(0, np.int64)
        self._current = 0
        self._make_heading()
        body = QHBoxLayout()
        body.setSpacing(SPACE[3])
        body.addWidget(self._make_list())
        body.addLayout(self._make_answer(), 1)
        self.box.addLayout(body, 1)
        self.initial_focus = self.again
        self.worker_buttons = [self.again]
        self.shortcuts = ((QKeySequence.StandardKey.Find, self.focus_search),)
        self._search_delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._search_delay.timeout.connect(self._search_and_sort)

    def attach(self, session: Session) -> None:
        """Forecast again when asked to; show each new forecast."""
        self.horizon_requested.connect(session.make_forecast)
        self.series_shown.connect(session.set_current_series)
        self.chances_wanted.connect(session.show_chances)
        self.finding_wanted.connect(session.show_finding)
        session.forecast_made.connect(self.show_result)
        session.forecast_checked.connect(self.update_result)

    def preload(self) -> Iterator[None]:
        """Make the chart in two steps: all at once would hold up the window."""
        if self.chart is None:
            from almanac.desktop.charts.fan import FanChart  # imports pyqtgraph: not before the first paint

            self.chart = FanChart()
            yield
        if self._chart_holder.isEmpty():
            self.chart.add_items()
            self._chart_holder.addWidget(self.chart)
            yield

    def focus_search(self) -> None:
        """Put the cursor into the search field, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _make_heading(self) -> None:
        text = QLabel("&How far ahead")
        self.horizon = QSpinBox()
        self.horizon.setRange(1, MAX_HORIZON)
        self.horizon.setMinimumWidth(140)
        self.horizon.lineEdit().setTextMargins(SPACE[1], 0, 0, 0)  # a stylesheet cannot set it
        self.horizon.setAccessibleName("How far ahead")
        self.horizon.lineEdit().returnPressed.connect(self._request_forecast)
        text.setBuddy(self.horizon)
        self.again = button("Forecast &Again")
        self.again.clicked.connect(self._request_forecast)
        for widget in (text, self.horizon, self.again):
            self.heading.addWidget(widget)

    def _make_list(self) -> QWidget:
        self.side = QWidget()
        self.side.setFixedWidth(LIST_WIDTH)
        box = QVBoxLayout(self.side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[1])
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search (Ctrl+F)")
        self.search.setAccessibleName("Search series")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._search_delay.start())
        self.sort = Selector()
        self.sort.addItems([f"Sorted by {name}" for name in SORTS])
        self.sort.setAccessibleName("Sort series by")
        self.sort.activated.connect(self._search_and_sort)
        self.list = SeriesList()
        self.found = label("", "caption")
        for widget in (self.search, self.sort, self.list, self.found):
            box.addWidget(widget)
        return self.side

    def _make_answer(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(SPACE[2])
        texts = QVBoxLayout()
        texts.setSpacing(SPACE[0])
        self.sentence, self.likely = label("", "section", wrap=True), label("", "", wrap=True)
        texts.addWidget(self.sentence)
        texts.addWidget(self.likely)
        box.addLayout(texts)
        box.addLayout(self._make_made())
        self.steps = StepsTable("What comes next, step by step", across=True)
        box.addWidget(self.steps)
        box.addWidget(self._make_detail(), 1)
        return box

    def _make_made(self) -> QHBoxLayout:
        """What the forecast was made by and when nothing happens, and the ways on from here."""
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        self.made = label("", "caption", wrap=True)
        self.how_likely = button("How &Likely?", "small")
        self.how_likely.setAccessibleDescription("How likely more than an amount is, and how much is enough")
        self.how_likely.clicked.connect(self.chances_wanted)
        self.closed = button("Change C&losed Times…", "small")
        self.closed.clicked.connect(lambda: self.finding_wanted.emit(CLOSED_PERIODS))
        row.addWidget(self.made, 1)
        row.addWidget(self.closed)
        row.addWidget(self.how_likely)
        return row

    def _make_detail(self) -> QWidget:
        """The chart, and the table that says the same."""
        frame = card()
        box = QVBoxLayout(frame)
        box.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        box.setSpacing(SPACE[0])
        row = QHBoxLayout()
        self.name = OneLine("", "strong")
        self.copy_picture, self.as_table = button("&Copy Picture", "small"), button("Show as &Table", "small")
        self.copy_picture.clicked.connect(self._copy)
        self.as_table.clicked.connect(self._toggle_table)
        row.addWidget(self.name, 1)
        row.addWidget(self.copy_picture)
        row.addWidget(self.as_table)
        box.addLayout(row)
        self.view, self.table = QStackedWidget(), StepsTable("Past and forecast, step by step")
        holder = QWidget()
        self._chart_holder = QVBoxLayout(holder)
        self._chart_holder.setContentsMargins(0, 0, 0, 0)
        self.view.addWidget(holder)
        self.view.addWidget(self.table)
        box.addWidget(self.view, 1)
        return frame

    def show_result(self, result: ForecastResult) -> None:
        """Show a forecast, the first series first."""
        self._take(result)
        assert self.model is not None
        forecast = result.forecast
        self.horizon.setValue(forecast.horizon)
        self.horizon.setSuffix(" " + forecast.frequency.duration(2).removeprefix("2 "))
        self.search.clear()
        self.sort.setCurrentIndex(0)
        self.side.setVisible(len(forecast.names) > 1)
        self._current = self.model.position(0)
        self._search_and_sort()
        self._show_series(self._current)

    def update_result(self, result: ForecastResult) -> None:
        """Show the same forecast with checked ranges: the person keeps the series, the search and the place."""
        if self.result is None or self._shape(result) != self._shape(self.result):
            self.show_result(result)
            return
        bars = [
            bar
            for view in (self.list, self.steps, self.table)
            for bar in (view.horizontalScrollBar(), view.verticalScrollBar())
        ]
        places = [bar.value() for bar in bars]
        self._take(result)
        self._search_and_sort()
        self._show_series(self._current)
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)

    @staticmethod
    def _shape(result: ForecastResult) -> tuple[tuple[str, ...], int]:
        """What must be the same for a person to keep their place: the series, and how far ahead."""
        return result.forecast.names, result.forecast.horizon

    def _take(self, result: ForecastResult) -> None:
        """Take another result to show, and list its series."""
        self.result = result
        forecast, series = result.forecast, result.file.series
        self._positions = series.positions(forecast.names)
        self.show_problems(*_notes(result), quiet=True)
        support = [result.range_support(i, LIKELY) in SUPPORTED for i in range(len(forecast.names))]
        old, self.model = self.model, SeriesModel(series, forecast, np.array(support))
        self.model.setParent(self)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        if old is not None:
            old.deleteLater()

    def _show_series(self, i: int) -> None:
        assert self.result is not None
        self._current = i
        forecast, series = self.result.forecast, self.result.file.series
        name = forecast.names[i]
        position = int(self._positions[i])
        short = replace(forecast.select(i), names=(shortened(name, MAX_NAME_LENGTH),))
        self.sentence.setText(numbers.next_step(short, 0))
        self.sentence.setToolTip(name if short.names[0] != name else "")
        self.likely.setText(numbers.how_sure(forecast, i, self.result.range_support(i, LIKELY)))
        self.name.show_text(name)
        closed = closed_words(series, position)
        self.made.setText(made_by(forecast, self.result.baselines.get(name), closed))
        self.closed.setVisible(bool(closed) or any(one.code == CLOSED_PERIODS for one in self.result.file.findings))
        checked = self.result.range_support(i, LIKELY) in SUPPORTED
        self.steps.show_steps(forecast, i, checked=checked)
        for _ in self.preload():
            pass  # usually there is nothing left to make
        assert self.chart is not None
        self.chart.show_series(series, position, forecast, i, checked=checked)
        self.chart.setAccessibleDescription(f"{self.sentence.text()} {self.likely.text()}")
        self.table.show_steps(forecast, i, open_past(series, position, forecast), checked=checked)
        self.series_shown.emit(i)

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid() and self.model is not None:
            i = self.model.position(current.row())
            if i != self._current:
                self._show_series(i)

    def _search_and_sort(self) -> None:
        """List what the search finds; the series that is shown stays selected as long as it is listed."""
        self._search_delay.stop()
        if self.model is None:
            return
        self.model.arrange(self.search.text(), self.sort.currentIndex())
        rows, total = self.model.rowCount(), len(self.model.names)
        self.found.setText(
            f"{numbers.count(rows)} of {numbers.count(total)} series"
            if rows < total
            else f"{numbers.count(total)} series"
        )
        row = self.model.row_of(self._current)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def _request_forecast(self) -> None:
        if self.again.isEnabled():
            self.horizon_requested.emit(self.horizon.value())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.view.grab())
        self.copy_picture.setText("Copied")
        QTimer.singleShot(COPIED_MS, self.copy_picture, lambda: self.copy_picture.setText("&Copy Picture"))

    def _toggle_table(self) -> None:
        as_table = self.view.currentIndex() == 0
        self.view.setCurrentIndex(1 if as_table else 0)
        self.as_table.setText("Show as &Chart" if as_table else "Show as &Table")
        for widget in (self.copy_picture, self.steps):  # the long table says all that the short one does
            widget.setVisible(not as_table)


def _notes(result: ForecastResult) -> list[Problem]:
    """Return what a person should know about how the forecast was made, the most important first."""
    notes = [note for note in result.forecast.notes if note.code not in SAID_BY_ANSWER]
    if result.stopped_early:
        done, total = len(result.forecast.names), len(result.file.series)
        what = f"You stopped after {numbers.count(done)} of {numbers.count(total)} series."
        fix = "Press Forecast Again for all of them."
        notes.insert(0, Problem("stopped_early", what, "The finished ones are shown below.", fix))
    if len(notes) > MAX_NOTES:
        more = len(notes) - MAX_NOTES + 1
        what = f"There are {numbers.count(more)} more things to know about this forecast."
        fix = "The workbook lists all of them, under What Was Changed."
        notes[MAX_NOTES - 1 :] = [Problem("more_notes", what, "None of them keeps you from using it.", fix)]
    return notes
