"""The list of forecast series: search, and sort by name, by least sure, by biggest change.

Searching and sorting work on whole arrays instead of asking a proxy cell by cell: ten thousand series take
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
NEXT, LIKELY, CHANGE = (Qt.ItemDataRole.UserRole + k for k in range(1, 4))


class SeriesModel(QAbstractListModel):
    """One line a series, in the order asked for."""

    def __init__(self, series: SeriesSet, forecast: Forecast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names = forecast.names
        self._folded = [name.casefold() for name in forecast.names]
        self._middle = forecast.median
        self._low, self._high = forecast.quantile(LIKELY_LOW), forecast.quantile(LIKELY_HIGH)
        self._usual = _usual(series, forecast)
        size = np.maximum(np.abs(self._middle).mean(axis=1), np.abs(self._usual) * 0.01) + 1e-12
        change = (self._middle.mean(axis=1) - self._usual) / np.maximum(np.abs(self._usual), 1e-12)
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
        """Show the series whose name holds ``search``, in the order ``SORTS[sort]``."""
        self.beginResetModel()
        order, wanted = self._orders[sort], search.strip().casefold()
        if wanted:
            found = np.fromiter((wanted in name for name in self._folded), bool, len(self._folded))
            order = order[found[order]]
        self._shown = order
        self.endResetModel()

    def position(self, row: int) -> int:
        """Which series of the forecast stands in ``row``."""
        return int(self._shown[row])

    def row_of(self, position: int) -> int:
        """Where a series of the forecast stands; -1 when the search hides it."""
        rows = np.flatnonzero(self._shown == position)
        return int(rows[0]) if len(rows) else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
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


def _usual(series: SeriesSet, forecast: Forecast) -> Floats:
    """The mean of what is known of each forecast series, float64 [N]."""
    known = np.isfinite(series.values)
    starts = series.offsets[:-1]
    sums = np.add.reduceat(np.where(known, series.values, 0.0), starts)
    counts = np.maximum(np.add.reduceat(known.astype(np.int64), starts), 1)
    means: Floats = sums / counts
    if series.names == forecast.names:
        return means
    return means[series.positions(forecast.names)]


def change_words(change: float) -> str:
    """0.12 as "12% above usual"; nothing where usual is next to nothing."""
    if not np.isfinite(change) or abs(change) > 9.99:
        return ""
    percent = round(abs(change) * 100)
    if percent == 0:
        return "as usual"
    return f"{numbers.count(percent)}% {'above' if change > 0 else 'below'} usual"


class SeriesDelegate(QStyledItemDelegate):
    """Two lines: the name and the next value; the likely range and the change, quietly."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
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
        _line(painter, above, font, BODY, t.text, index.data(), index.data(NEXT))
        _line(painter, below, font, CAPTION, t.quiet, index.data(LIKELY), index.data(CHANGE))
        painter.restore()


def _line(painter: QPainter, area: QRect, font: QFont, size: int, colour: str, left: str, right: str) -> None:
    """A text at the left, shortened where the one at the right needs the room."""
    font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    middle = Qt.AlignmentFlag.AlignVCenter
    metrics = painter.fontMetrics()
    room = area.width() - (metrics.horizontalAdvance(right) + SPACE[1] if right else 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, right)
    painter.drawText(
        area, Qt.AlignmentFlag.AlignLeft | middle, metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
    )


class SeriesList(QListView):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Series")
        self.setItemDelegate(SeriesDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
