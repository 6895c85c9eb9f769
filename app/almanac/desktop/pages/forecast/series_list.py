"""The list of forecast series, with search and sorting.

Searching and sorting work on whole arrays instead of asking a proxy model cell by cell: ten thousand series take
milliseconds, not half a second.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from almanac.core.arrays import Floats
from almanac.core.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import Forecast, SeriesSet
from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY, CAPTION, SPACE
from almanac.wording.phrases import decimals_for

Index = QModelIndex | QPersistentModelIndex
SORTS = ("Name", "Least Sure", "Biggest Change")
ROW_HEIGHT = 52
MAX_CHANGE = 9.99  # of usual; a larger share is no longer understood at a glance
NEXT, LIKELY, CHANGE = (Qt.ItemDataRole.UserRole + k for k in range(1, 4))


class SeriesModel(QAbstractListModel):
    """One row for each series that the search finds, in the chosen order."""

    def __init__(self, series: SeriesSet, forecast: Forecast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names = forecast.names
        self._folded = [name.casefold() for name in forecast.names]
        self._middle = forecast.point
        self._low, self._high = forecast.quantile(LIKELY_LOW), forecast.quantile(LIKELY_HIGH)
        usual = _past_means(series, forecast)
        size = np.maximum(np.abs(self._middle).mean(axis=1), np.abs(usual) * 0.01) + 1e-12
        change = (self._middle.mean(axis=1) - usual) / np.maximum(np.abs(usual), 1e-12)
        self._change = change
        by_name = np.array(sorted(range(len(self.names)), key=self._folded.__getitem__), dtype=np.int64)
        unsure = (self._high - self._low).mean(axis=1) / size
        self._orders = (
            by_name,
            np.argsort(-unsure, kind="stable"),
            np.argsort(-np.abs(np.nan_to_num(change)), kind="stable"),
        )
        self._shown = by_name
        self._decimals = decimals_for(self._middle)

    def arrange(self, search: str, sort: int) -> None:
        """List the series whose name contains ``search``, in the order ``SORTS[sort]``."""
        self.beginResetModel()
        order, wanted = self._orders[sort], search.strip().casefold()
        if wanted:
            found = np.fromiter((wanted in name for name in self._folded), bool, len(self._folded))
            order = order[found[order]]
        self._shown = order
        self.endResetModel()

    def position(self, row: int) -> int:
        """Return the position in the forecast of the series in ``row``."""
        return int(self._shown[row])

    def row_of(self, position: int) -> int:
        """Return the row of a series of the forecast; -1 when the search hides it."""
        rows = np.flatnonzero(self._shown == position)
        return int(rows[0]) if len(rows) else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the series that are listed."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the texts that ``SeriesDelegate`` paints, and what a screen reader says."""
        i = self.position(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.names[i]
        if role == NEXT:
            return numbers.number(self._middle[i, 0], self._decimals)
        if role == LIKELY:
            low, high = (numbers.number(v[i, 0], self._decimals) for v in (self._low, self._high))
            return f"likely {low} to {high}"
        if role == CHANGE:
            return change_words(float(self._change[i]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join([self.names[i], *(self.data(index, r) for r in (NEXT, LIKELY, CHANGE))])
        return None


def _past_means(series: SeriesSet, forecast: Forecast) -> Floats:
    """Return the mean of the known values of each forecast series: float64 [N]."""
    known = np.isfinite(series.values)
    starts = series.offsets[:-1]
    sums = np.add.reduceat(np.where(known, series.values, 0.0), starts)
    counts = np.maximum(np.add.reduceat(known.astype(np.int64), starts), 1)
    means: Floats = sums / counts
    if series.names == forecast.names:
        return means
    return means[series.positions(forecast.names)]


def change_words(change: float) -> str:
    """0.12 as "12% above usual"; empty where usual is close to zero, so that a share of it says nothing."""
    if not np.isfinite(change) or abs(change) > MAX_CHANGE:
        return ""
    percent = round(abs(change) * 100)
    if percent == 0:
        return "as usual"
    return f"{numbers.count(percent)}% {'above' if change > 0 else 'below'} usual"


class SeriesDelegate(QStyledItemDelegate):
    """Paints two lines: the name and the next value, and in a quiet colour the likely range and the change."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Make every row two lines high."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one series."""
        t = style.current()
        area: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(t.tint))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(t.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(t.paper))
        inner = area.adjusted(SPACE[2], SPACE[1], -SPACE[2], -SPACE[1])
        half = inner.height() // 2
        above = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        font = QFont(option.font)
        font.setFeature(QFont.Tag("tnum"), 1)
        for line, size, colour, left, right in (
            (above, BODY, t.text, index.data(), index.data(NEXT)),
            (below, CAPTION, t.quiet, index.data(LIKELY), index.data(CHANGE)),
        ):
            font.setPixelSize(size)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            _draw_line(painter, line, left, right)
        painter.restore()


def _draw_line(painter: QPainter, area: QRect, left: str, right: str) -> None:
    """Draw one text on the left and one on the right; the left one is shortened if there is no room for both."""
    middle = Qt.AlignmentFlag.AlignVCenter
    metrics = painter.fontMetrics()
    room = area.width() - (metrics.horizontalAdvance(right) + SPACE[1] if right else 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, right)
    painter.drawText(
        area, Qt.AlignmentFlag.AlignLeft | middle, metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
    )


class SeriesList(QListView):
    """The list itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Series")
        self.setItemDelegate(SeriesDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
