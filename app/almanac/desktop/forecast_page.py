"""Forecast: the answer as a sentence, then a table, then a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from almanac.desktop.dates import when
from almanac.desktop.series_list import SeriesFilter, SeriesModel
from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import Page, button, label
from almanac.phrases import decimals_for, how_sure, next_step
from almanac.problems import Problem

if TYPE_CHECKING:
    from almanac.desktop.chart import FanChart
    from almanac.workflow import Outcome

SORTS = (("Name", 0, False), ("Largest", 1, True), ("Least sure", 2, True), ("Biggest change", 3, True))


class ForecastPage(Page):
    """``asked`` carries how far ahead the person wants to look."""

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What comes next?", parent)
        self.outcome: Outcome | None = None
        self._chart: FanChart | None = None
        self._shown = 0
        self._positions: dict[str, int] = {}

        ask = QHBoxLayout()
        ask.setSpacing(SPACE[1])
        caption = QLabel("How &far ahead")
        self.ahead = QSpinBox()
        self.ahead.setRange(1, 100_000)
        self.ahead.setMinimumWidth(130)
        self.ahead.setMinimumHeight(36)
        self.ahead.setAccessibleName("How far ahead")
        caption.setBuddy(self.ahead)
        self.again = button("Forecast &Again")
        self.again.clicked.connect(lambda: self.asked.emit(self.ahead.value()))
        for widget in (caption, self.ahead, self.again):
            ask.addWidget(widget)
        ask.addStretch(1)
        self.box.addLayout(ask)

        self.sentence = label("", "section", wrap=True)
        self.box.addWidget(self.sentence)
        self.body = QSplitter(Qt.Orientation.Horizontal)
        self.body.setChildrenCollapsible(False)
        self.body.addWidget(self._make_list())
        self.body.addWidget(self._make_answer())
        self.body.setStretchFactor(1, 1)
        self.box.addWidget(self.body, 1)
        self.body.hide()
        self.box.addStretch(0)

    def _make_list(self) -> QWidget:
        side = QWidget()
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, SPACE[1], 0)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search (Ctrl+F)")
        self.search.setAccessibleName("Search series")
        self.search.setClearButtonEnabled(True)
        self.sort = QComboBox()
        self.sort.addItems([name for name, *_ in SORTS])
        self.sort.setAccessibleName("Sort series by")
        self.proxy = SeriesFilter(self)
        self.search.textChanged.connect(self._search)
        self.sort.activated.connect(self._sort)
        self.list = QTableView()
        self.list.setModel(self.proxy)
        self.list.setAccessibleName("Series")
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setTabKeyNavigation(False)
        self.list.setShowGrid(False)
        self.list.verticalHeader().hide()
        self.list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.list.selectionModel().currentRowChanged.connect(self._on_row)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.sort)
        box.addLayout(row)
        box.addWidget(self.list, 1)
        self.side = side
        return side

    def _make_answer(self) -> QWidget:
        answer = QWidget()
        box = QVBoxLayout(answer)
        box.setContentsMargins(SPACE[1], 0, 0, 0)
        self.view = QStackedWidget()
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self._place)
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(["When", "About", "Likely from", "to"])
        self.table.setAccessibleName("Forecast, step by step")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.addWidget(holder)
        self.view.addWidget(self.table)
        row = QHBoxLayout()
        self.name = label("", "strong")
        self.as_table = button("Show as &Table")
        self.as_table.clicked.connect(self._swap)
        row.addWidget(self.name, 1)
        row.addWidget(self.as_table)
        box.addLayout(row)
        box.addWidget(self.view, 1)
        self._holder = holder
        return answer

    def show_outcome(self, outcome: Outcome) -> None:
        """Show a finished forecast, the first series first."""
        self.outcome = outcome
        forecast, series = outcome.forecast, outcome.file.series
        self._positions = {name: k for k, name in enumerate(series.names)}
        notes = list(forecast.notes)
        if outcome.stopped_early:
            notes.insert(0, _stopped_note(len(forecast.names), len(series)))
        self.tell(*notes)
        self.ahead.blockSignals(True)
        self.ahead.setValue(forecast.horizon)
        self.ahead.setSuffix(" " + forecast.frequency.words(2).removeprefix("2 "))
        self.ahead.blockSignals(False)
        old = self.proxy.sourceModel()
        self.proxy.setSourceModel(SeriesModel(series, forecast, self))
        if old is not None:
            old.deleteLater()
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 84), (2, 100), (3, 78)):
            self.list.setColumnWidth(column, width)
        self.side.setVisible(len(forecast.names) > 1)
        self.body.setSizes([400, 700])
        self.body.show()
        self._show(0)

    def recolour(self) -> None:
        if self._chart is not None:
            self._chart.recolour()

    def _show(self, i: int) -> None:
        assert self.outcome is not None
        forecast = self.outcome.forecast
        name = forecast.names[i]
        self.sentence.setText(f"{next_step(forecast, i)} {how_sure(forecast, i)}")
        self.name.setText(name)
        self._fill_table(i)
        self._shown = i
        QTimer.singleShot(0, self._draw)

    def _draw(self) -> None:
        """Draw the series that is shown; making the chart and filling it take a turn of the event loop each."""
        if self.outcome is None:
            return
        if self._chart is None:
            from almanac.desktop.chart import FanChart  # loads pyqtgraph, unless the window has done so by now

            self._chart = FanChart()
            self._place.addWidget(self._chart)
            QTimer.singleShot(0, self._draw)
            return
        forecast = self.outcome.forecast
        at = self._positions[forecast.names[self._shown]]
        self._chart.show_series(self.outcome.file.series, at, forecast, self._shown)

    def _fill_table(self, i: int) -> None:
        assert self.outcome is not None
        forecast, locale = self.outcome.forecast, QLocale()
        decimals = decimals_for(forecast.quantiles[i])
        self.table.setRowCount(forecast.horizon)
        columns = [forecast.at(level)[i] for level in (0.5, 0.1, 0.9)]
        for step in range(forecast.horizon):
            texts = [when(forecast.frequency, int(forecast.first[i]) + step)]
            texts += [locale.toString(float(values[step]), "f", decimals) for values in columns]
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(step, column, item)

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid():
            self._show(self.proxy.mapToSource(current).row())

    def _search(self, text: str) -> None:
        self.proxy.setFilterFixedString(text)

    def _sort(self, index: int) -> None:
        _, column, largest_first = SORTS[index]
        order = Qt.SortOrder.DescendingOrder if largest_first else Qt.SortOrder.AscendingOrder
        self.proxy.sort(column, order)

    def _swap(self) -> None:
        as_table = self.view.currentIndex() == 0
        self.view.setCurrentIndex(1 if as_table else 0)
        self.as_table.setText("Show as &Chart" if as_table else "Show as &Table")


def _stopped_note(done: int, total: int) -> Problem:
    return Problem(
        "stopped_early",
        f"You stopped after {done:,} of {total:,} series.",
        "What was finished is kept below.",
        "Press Forecast Again for all of them.",
    )
