"""The steps of one forecast as a table: across above the chart, or down in place of the chart and with the past."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from almanac.core.arrays import Floats
from almanac.core.series import Forecast
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY, CAPTION
from almanac.wording.phrases import forecast_decimals

Index = QModelIndex | QPersistentModelIndex
ABOUT, ACTUAL = "About", "Actual"
HEADS = (ABOUT, "Likely from", "Likely to")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW = 30
MIN_COLUMN_WIDTH, COLUMN_GAP = 88, 8


class StepsModel(QAbstractTableModel):
    """Periods with their actual values and forecasts; ``across`` lays the periods out as columns.

    ``past``: float64 [points], the values just before the first step; may be empty.
    """

    def __init__(
        self, forecast: Forecast, i: int, past: Floats, *, across: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._frequency, self._across = forecast.frequency, across
        self._first = int(forecast.first[i]) - len(past)
        self.past = len(past)
        self._periods = len(past) + forecast.horizon
        self._decimals = forecast_decimals(forecast, i)
        blank = np.full(len(past), np.nan)
        columns = [np.concatenate([blank, values[0]]) for values in forecast.select(i).shown]
        self._heads: tuple[str, ...] = HEADS
        if len(past):
            columns.insert(0, np.concatenate([past, np.full(forecast.horizon, np.nan)]))
            self._heads = (ACTUAL, *HEADS)
        self._figures = np.column_stack(columns)

    @property
    def longest(self) -> str:
        """The longest of all figures as text."""
        known = self._figures[np.isfinite(self._figures)]
        extremes = (known.min(), known.max()) if len(known) else (0.0,)
        return max((numbers.number(value, self._decimals) for value in extremes), key=len)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the figures of each period, or the periods."""
        return 0 if parent.isValid() else len(self._heads) if self._across else self._periods

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the periods, or the figures of each."""
        return 0 if parent.isValid() else self._periods if self._across else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a figure as text, the forecast itself in bold; empty where there is none."""
        step, head = (index.column(), index.row()) if self._across else (index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            figure = self._figures[step, head]
            return numbers.number(figure, self._decimals) if np.isfinite(figure) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        if role == Qt.ItemDataRole.FontRole and self._heads[head] == ABOUT:
            return style.font(BODY, bold=True)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the periods along one side and the figures along the other."""
        periods = (orientation == Qt.Orientation.Horizontal) == self._across
        if role == Qt.ItemDataRole.DisplayRole:
            return when(self._frequency, self._first + section) if periods else self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = orientation == Qt.Orientation.Vertical
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if left else RIGHT
        return None


class StepsTable(QTableView):
    """The table itself."""

    def __init__(self, name: str, *, across: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across, self._column_width = across, MIN_COLUMN_WIDTH
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setFont(style.font(CAPTION))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setFixedHeight(ROW)
        if across:
            self.setFixedHeight(ROW * (len(HEADS) + 1) + 16)
            self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        else:
            self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def show_steps(self, forecast: Forecast, i: int, past: Floats) -> None:
        """Show the steps of forecast ``i``, after the values of ``past`` (float64 [points])."""
        old = self.model()
        model = StepsModel(forecast, i, past, across=self._across, parent=self)
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        if self._across:
            head = max(self.horizontalHeader().sectionSizeHint(column) for column in (0, forecast.horizon - 1))
            figure = QFontMetrics(style.font(BODY, bold=True)).horizontalAdvance(model.longest)
            self._column_width = max(head + COLUMN_GAP, figure + 2 * COLUMN_GAP, MIN_COLUMN_WIDTH)
            self._fit_columns()
        if model.past and not self._across:  # what comes next is at the top; scrolling up shows the past
            self.scrollTo(model.index(model.past, 0), QTableView.ScrollHint.PositionAtTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Show whole columns only."""
        if self._across and self.model() is not None:
            room = self.viewport().width()
            count = min(max(room // self._column_width, 1), self.model().columnCount())
            self.horizontalHeader().setDefaultSectionSize(max(room // count, self._column_width))
