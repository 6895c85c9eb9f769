"""Forecast: the answer as a sentence, then a table, then a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from almanac.core.levels import LIKELY
from almanac.core.problems import Problem
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.forecast.series_list import SORTS, SeriesList, SeriesModel
from almanac.desktop.pages.forecast.steps_table import StepsTable
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, card, label

if TYPE_CHECKING:
    from almanac.desktop.charts.fan import FanChart
    from almanac.workflow.results import ForecastResult

LIST_WIDTH = 272
FURTHEST = 100_000
NOTES_SHOWN = 2  # the rest is in the workbook; the answer must keep its room


class ForecastPage(Page):
    """``asked`` carries how far ahead the person wants to look."""

    asked = Signal(int)

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
        self.first = self.again
        self.workers = [self.again]
        # Typing in the search box must not search at every letter of a long list.
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self._arrange)

    def _make_heading(self) -> None:
        text = QLabel("&How far ahead")
        self.ahead = QSpinBox()
        self.ahead.setRange(1, FURTHEST)
        self.ahead.setMinimumWidth(140)
        self.ahead.lineEdit().setTextMargins(SPACE[1], 0, 0, 0)  # as far in as in other fields; the sheet has no say
        self.ahead.setAccessibleName("How far ahead")
        self.ahead.lineEdit().returnPressed.connect(self._ask)
        text.setBuddy(self.ahead)
        self.again = button("Forecast &Again")
        self.again.clicked.connect(self._ask)
        for widget in (text, self.ahead, self.again):
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
        self.search.textChanged.connect(lambda: self._soon.start())
        self.sort = QComboBox()
        self.sort.addItems([f"Sorted by {name}" for name in SORTS])
        self.sort.setAccessibleName("Sort series by")
        self.sort.activated.connect(self._arrange)
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
        self.sentence, self.sure = label("", "section", wrap=True), label("", "", wrap=True)
        texts.addWidget(self.sentence)
        texts.addWidget(self.sure)
        box.addLayout(texts)
        self.steps = StepsTable("What comes next, step by step", across=True)
        box.addWidget(self.steps)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        inner.setSpacing(SPACE[0])
        row = QHBoxLayout()
        self.name = label("", "strong")
        self.copy_picture, self.as_table = button("&Copy Picture", "small"), button("Show as &Table", "small")
        self.copy_picture.clicked.connect(self._copy)
        self.as_table.clicked.connect(self._swap)
        row.addWidget(self.name, 1)
        row.addWidget(self.copy_picture)
        row.addWidget(self.as_table)
        inner.addLayout(row)
        self.view, self.table = QStackedWidget(), StepsTable("Past and forecast, step by step")
        holder = QWidget()
        self._place = QVBoxLayout(holder)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.view.addWidget(holder)
        self.view.addWidget(self.table)
        inner.addWidget(self.view, 1)
        box.addWidget(frame, 1)
        return box

    def prepare(self) -> None:
        """Make the chart ahead of time, while the worker is still busy: half of it at each call."""
        if self.chart is None:
            from almanac.desktop.charts.fan import FanChart  # pyqtgraph takes a moment: not before the first paint

            self.chart = FanChart()
        elif self._place.isEmpty():
            self.chart.furnish()
            self._place.addWidget(self.chart)

    def show_result(self, result: ForecastResult) -> None:
        """Show a finished forecast, the first series first."""
        self.result = result
        forecast, series = result.forecast, result.file.series
        self._positions = series.positions(forecast.names)
        self.tell(*_notes(result), quiet=True)
        self.ahead.setValue(forecast.horizon)
        self.ahead.setSuffix(" " + forecast.frequency.duration(2).removeprefix("2 "))
        old, self.model = self.model, SeriesModel(series, forecast, self)
        self.search.clear()
        self.sort.setCurrentIndex(0)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        if old is not None:
            old.deleteLater()
        self.side.setVisible(len(forecast.names) > 1)
        self._current = self.model.position(0)
        self._arrange()
        self._show(self._current)

    @property
    def at(self) -> int:
        """Which series of the forecast is shown."""
        return self._current

    def recolour(self) -> None:
        if self.chart is not None:
            self.chart.recolour()

    def _show(self, i: int) -> None:
        assert self.result is not None
        self._current = i
        forecast, series = self.result.forecast, self.result.file.series
        name = forecast.names[i]
        at = int(self._positions[i])
        self.sentence.setText(numbers.next_step(forecast, i))
        self.sure.setText(numbers.how_sure(forecast, i, self.result.range_support(i, LIKELY)))
        self.name.setText(name)
        self.steps.show_steps(forecast, i, np.empty(0))
        while self._place.isEmpty():
            self.prepare()
        assert self.chart is not None
        self.chart.show_series(series, at, forecast, i)
        self.chart.setAccessibleDescription(f"{self.sentence.text()} {self.sure.text()}")
        from almanac.desktop.charts.fan import past_shown

        self.table.show_steps(forecast, i, series[at][-past_shown(forecast) :])

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid() and self.model is not None:
            i = self.model.position(current.row())
            if i != self._current:
                self._show(i)

    def _arrange(self) -> None:
        """Search and sort; the series that is shown stays chosen as long as it is listed."""
        self._soon.stop()
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

    def _ask(self) -> None:
        if self.again.isEnabled():
            self.asked.emit(self.ahead.value())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.view.grab())
        self.copy_picture.setText("Copied")
        QTimer.singleShot(1500, self.copy_picture, lambda: self.copy_picture.setText("&Copy Picture"))

    def _swap(self) -> None:
        as_table = self.view.currentIndex() == 0
        self.view.setCurrentIndex(1 if as_table else 0)
        self.as_table.setText("Show as &Chart" if as_table else "Show as &Table")
        for beside in (self.copy_picture, self.steps):  # the long table says all that the short one does
            beside.setVisible(not as_table)


def _notes(result: ForecastResult) -> list[Problem]:
    """What a person should know about how it was made, the most important first."""
    notes = list(result.forecast.notes)
    if result.stopped_early:
        done, total = len(result.forecast.names), len(result.file.series)
        what = f"You stopped after {numbers.count(done)} of {numbers.count(total)} series."
        fix = "Press Forecast Again for all of them."
        notes.insert(0, Problem("stopped_early", what, "What was finished is kept below.", fix))
    if len(notes) > NOTES_SHOWN:
        more = len(notes) - NOTES_SHOWN + 1
        what = f"There are {more} more things to know about this forecast."
        fix = "They are all in the workbook, under What Was Changed."
        notes[NOTES_SHOWN - 1 :] = [Problem("more_notes", what, "None of them stands in the way.", fix)]
    return notes
