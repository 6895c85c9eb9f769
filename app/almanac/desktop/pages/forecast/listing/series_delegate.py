"""How a row of the list of series looks: two lines, and in a narrow list as much of them as fits."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from almanac.desktop.pages.forecast.listing.series_model import CHANGE, INDENT, LIKELY, NEXT, ROUGHLY
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY, CAPTION, SPACE

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 52
MIN_LEFT = 0.4  # share of a line that the text on its left may take; chosen by judgement


class SeriesDelegate(QStyledItemDelegate):
    """Paints two lines: the name and the next value, and in a quiet colour the likely range and the change."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Make every row two lines high."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one series."""
        t = style.current()
        cell = cast("Any", option)  # Qt's types say nothing of its fields
        area: QRect = cell.rect
        painter.save()
        if cell.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(t.tint))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(t.accent))
        elif cell.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(t.paper))
        left = SPACE[4] if index.data(INDENT) else SPACE[2]
        inner = area.adjusted(left, SPACE[1], -SPACE[2], -SPACE[1])
        half = inner.height() // 2
        above = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        font = QFont(cell.font)
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
