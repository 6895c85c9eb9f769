"""The list of forecast series: search, and sort by name, by size, by least sure, by biggest change."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from almanac.phrases import decimals_for
from almanac.series import Forecast, SeriesSet

COLUMNS = ("Series", "Next", "How unsure", "Change")
Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole


class SeriesModel(QAbstractTableModel):
    """One line a series; figures are computed for all of them at once."""

    def __init__(self, series: SeriesSet, forecast: Forecast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names = forecast.names
        ahead = forecast.median
        size = np.abs(ahead).mean(axis=1) + 1e-12
        unsure = (forecast.at(0.9) - forecast.at(0.1)).mean(axis=1) / size
        starts = np.minimum(series.offsets[:-1], len(series.values) - 1)
        known = np.isfinite(series.values)
        sums = np.add.reduceat(np.where(known, series.values, 0.0), starts)
        counts = np.maximum(np.add.reduceat(known.astype(np.int64), starts), 1)
        usual = dict(zip(series.names, (sums / counts).tolist(), strict=True))
        before = np.array([usual[name] for name in forecast.names])
        change = (ahead.mean(axis=1) - before) / (np.abs(before) + 1e-12)
        self._figures = np.column_stack([ahead[:, 0], unsure, change])
        self._decimals = decimals_for(ahead)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names[row] if column == 0 else self._words(row, column)
        if role == SORT:
            if column == 0:
                return self.names[row].casefold()
            figure = float(self._figures[row, column - 1])
            return abs(figure) if column == 3 else figure
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, row: int, column: int) -> str:
        figure = float(self._figures[row, column - 1])
        if column == 1:
            return QLocale().toString(figure, "f", self._decimals)
        if column == 2:
            return f"± {figure * 50:.0f} %" if figure < 4 else "very"
        return f"{figure * 100:+.0f} %" if abs(figure) < 10 else "new"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None


class SeriesFilter(QSortFilterProxyModel):
    """Search and sort over a SeriesModel."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterKeyColumn(0)
