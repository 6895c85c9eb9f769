"""A small table of texts, to read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY, CAPTION

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW, MIN_COLUMN_WIDTH, COLUMN_GAP = 30, 88, 24


def whole_columns(wanted: Sequence[int], room: int) -> list[int]:
    """The widths of columns that want at least so many pixels, so that none is cut at the edge of ``room`` pixels.

    Where all fit, they share what is left. Where they do not, each takes whole parts of the room, a part as wide as the
    widest column but the first wants: whatever column is at the left edge, one ends at the right edge.
    """
    count, total = len(wanted), sum(wanted)
    if total <= room:
        left = room - total
        return [width + left * (k + 1) // count - left * k // count for k, width in enumerate(wanted)]
    parts = max(room // max(wanted[1:] or wanted), 1)
    ends = np.cumsum([0, *(-(-width * parts // max(room, 1)) for width in wanted)])
    widths: list[int] = np.diff(ends * room // parts).tolist()
    return widths


class FiguresModel(QAbstractTableModel):
    """Texts in ``rows`` under ``heads``: first the name of the row, then its figures. Row ``strong`` is bold."""

    def __init__(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, strong: int = -1, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._heads, self._rows, self._strong = heads, rows, strong

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text, also as its own tool tip, in case the column is too narrow for it."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if index.column() else LEFT
        if role == Qt.ItemDataRole.FontRole and index.row() == self._strong:
            return style.font(BODY, bold=True)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column, aligned like what is below it."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return (RIGHT if section else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None


class _RowDelegate(QStyledItemDelegate):
    """Draws hairlines between rows, and none below the last, where the frame is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.row() < index.model().rowCount() - 1:
            painter.setPen(QColor(style.current().line))
            area: QRect = cast("Any", option).rect  # Qt's types say nothing of it
            painter.drawLine(area.bottomLeft(), area.bottomRight())


class FiguresTable(QTableView):
    """A table as tall as its rows, up to ``most`` of them, and as wide as there is room; beyond, it scrolls."""

    def __init__(self, name: str, *, most: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._natural_widths: list[int] = []
        self.setProperty("kind", "figures")
        self.setShowGrid(False)
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFont(style.font(CAPTION))
        head.setFixedHeight(ROW)

    def show_figures(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, strong: int = -1) -> None:
        """Show new rows under new heads; row ``strong`` is bold."""
        old = self.model()
        self.setModel(FiguresModel(heads, rows, strong=strong, parent=self))
        if old is not None:
            old.deleteLater()
        head = self.horizontalHeader()
        hints = [max(self.sizeHintForColumn(k), head.sectionSizeHint(k)) + COLUMN_GAP for k in range(len(heads))]
        self._natural_widths = [max(hint, MIN_COLUMN_WIDTH) for hint in hints]
        self._fit_columns()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Make columns as wide as their content, and share out the room that is left over."""
        total = sum(self._natural_widths)
        scrolls = self.viewport().width() < total
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if bar != self.horizontalScrollBarPolicy():
            self.setHorizontalScrollBarPolicy(bar)  # this may change the width of the viewport
            self.updateGeometry()
        for column, width in enumerate(whole_columns(self._natural_widths, self.viewport().width())):
            self.setColumnWidth(column, width)

    def sizeHint(self) -> QSize:
        """Ask for the height of the rows that are shown without scrolling."""
        rows = self.model().rowCount() if self.model() is not None else 0
        wide = sum(self._natural_widths)
        scrolls = self.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        return QSize(wide, ROW * (min(rows, self._most) + 1) + bar + 2)

    def minimumSizeHint(self) -> QSize:
        """Accept any width, but keep the height."""
        return QSize(MIN_COLUMN_WIDTH, self.sizeHint().height())
