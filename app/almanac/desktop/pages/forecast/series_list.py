"""The list of forecast series, with search and sorting.

Searching and sorting work on whole arrays instead of asking a proxy model cell by cell: ten thousand series take
milliseconds, not half a second.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from almanac.core.arrays import Flags, Floats
from almanac.core.series import Forecast, SeriesSet
from almanac.core.usual import usual_levels, usual_words
from almanac.desktop.formatting import numbers
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY, CAPTION, SPACE
from almanac.wording.phrases import decimals_for

Index = QModelIndex | QPersistentModelIndex
SORTS = ("Name", "Least Sure", "Biggest Change")
ROW_HEIGHT = 52
MIN_LEFT = 0.4  # share of a line that the text on its left may take; chosen by judgement
MAX_CHANGE = 9.99  # of what is usual; a larger share is no longer understood at a glance
MIN_COMPARED = 10  # things that usually happen in as many steps, before fewer or more is a share; chosen by judgement
NEXT, LIKELY, CHANGE, ROUGHLY = (Qt.ItemDataRole.UserRole + k for k in range(1, 5))
MILLION = 1_000_000


class SeriesModel(QAbstractListModel):
    """One row for each series that the search finds, in the chosen order.

    ``checked``: bool [N], whether enough checks support the likely range of each; None for all.
    """

    def __init__(self, series: SeriesSet, forecast: Forecast, checked: Flags | None = None) -> None:
        super().__init__()
        self.names = forecast.names
        self._folded = [name.casefold() for name in forecast.names]
        self._forecast, self._checked = forecast, np.ones(len(forecast.names), bool) if checked is None else checked
        middle, low, high = forecast.shown
        usual = usual_levels(series)[series.positions(forecast.names)]
        expected = _mean_of_steps(middle if forecast.sums is None else forecast.point)
        size = np.maximum(_mean_of_steps(np.abs(middle)), np.abs(usual) * 0.01)
        change = np.where(_too_few(forecast, usual), np.nan, _share(expected - usual, np.abs(usual)))
        self._change, self._usual = change, usual_words(forecast.frequency)
        by_name = np.array(sorted(range(len(self.names)), key=self._folded.__getitem__), dtype=np.int64)
        unsure = _share(_mean_of_steps(high - low), size)
        self._orders = (
            by_name,
            np.argsort(-unsure, kind="stable"),
            np.argsort(-np.abs(np.nan_to_num(change)), kind="stable"),
        )
        self._shown = by_name

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
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names[i]
        if role in TEXTS:
            return TEXTS[role](self, i)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            texts = [self.names[i], self._next(i), self._likely(i), self._change_words(i)]
            if "usual" in texts[-1] and role == Qt.ItemDataRole.ToolTipRole:
                texts.append(f"Usual: {self._usual}")
            return ("\n" if role == Qt.ItemDataRole.ToolTipRole else ", ").join(filter(None, texts))
        return None

    def _next(self, i: int) -> str:
        return numbers.answer(self._forecast, i).about or "closed"

    def _likely(self, i: int) -> str:
        found = numbers.answer(self._forecast, i)
        span = f" in {found.span.removeprefix('next ')}" if self._forecast.is_rare(i) else ""
        likely = "likely" if self._checked[i] else "perhaps"
        return f"{likely} {found.low} to {found.high}{span}" if found.low else ""

    def _change_words(self, i: int) -> str:
        return change_words(float(self._change[i]))

    def _roughly(self, i: int) -> str:
        """The likely range of a large amount, shorter."""
        low, high = (float(values[i, self._forecast.next_open(i)]) / MILLION for values in self._forecast.shown[1:])
        decimals = decimals_for(np.array([low, high]))
        return f"{numbers.number(low, decimals)} to {numbers.number(high, decimals)} million"


TEXTS = {
    NEXT: SeriesModel._next,
    LIKELY: SeriesModel._likely,
    CHANGE: SeriesModel._change_words,
    ROUGHLY: SeriesModel._roughly,
}


def _too_few(forecast: Forecast, usual: Floats) -> Flags:
    """Where so little happens over the horizon that a share of it says nothing: bool [N]. ``usual`` float64 [N]."""
    whole = forecast.decimals == 0 if forecast.decimals is not None else np.zeros(len(usual), dtype=bool)
    few: Flags = whole & ~(np.abs(usual) * forecast.horizon >= MIN_COMPARED)
    return few


def _mean_of_steps(values: Floats) -> Floats:
    """The mean of each series over the steps that have a value: float64 [N, H] to [N]; 0 where none has."""
    known = np.isfinite(values)
    means: Floats = np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return means


def _share(values: Floats, of: Floats) -> Floats:
    """Values as a share of others, whatever their unit: float64, same shape; 0 of 0 is 0, any other of 0 infinite."""
    shares = np.where(values == 0, 0.0, np.inf)
    with np.errstate(over="ignore"):
        return np.divide(values, of, out=shares, where=of > 0)


def change_words(change: float) -> str:
    """0.12 as "12% above usual"; empty where the past is close to zero, so that a share of it says nothing."""
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
        for line, size, colour, texts in ((above, BODY, t.text, first_line), (below, CAPTION, t.quiet, second_line)):
            font.setPixelSize(size)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            _draw_line(painter, line, *texts(index, painter.fontMetrics(), line.width()))
        painter.restore()


def first_line(index: Index, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """The name and the next value as they are drawn in so many pixels."""
    return shortened(index.data(), index.data(NEXT), metrics, width)


def second_line(index: Index, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """The likely range and the change as they are drawn: the change only where the whole range is next to it."""
    likely, change = index.data(LIKELY), index.data(CHANGE)
    if metrics.horizontalAdvance(f"{likely}{change}") + SPACE[1] <= width:
        return likely, change
    for text in (likely, likely.partition(" ")[2], index.data(ROUGHLY)):
        if metrics.horizontalAdvance(text) <= width:
            return text, ""
    return "", change


def _draw_line(painter: QPainter, area: QRect, left: str, right: str) -> None:
    """Draw one text on the left and one on the right."""
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, right)
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, left)


def shortened(left: str, right: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Both texts, with an ellipsis where they do not fit next to each other; the left one keeps its share at least."""
    wanted = metrics.horizontalAdvance(left)
    right = metrics.elidedText(
        right, Qt.TextElideMode.ElideRight, width - SPACE[1] - min(wanted, round(width * MIN_LEFT))
    )
    room = width - (metrics.horizontalAdvance(right) + SPACE[1] if right else 0)
    return metrics.elidedText(left, Qt.TextElideMode.ElideRight, room), right


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
