"""A small table of ready-made texts: to read, not to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
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
ROW, NARROWEST, GAP = 30, 88, 24


class FiguresModel(QAbstractTableModel):
    """``rows`` under ``heads``; the first column names the row, the others are figures. Row ``strong`` is bold."""

    def __init__(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, strong: int = -1, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._heads, self._rows, self._strong = heads, rows, strong

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if index.column() else LEFT
        if role == Qt.ItemDataRole.FontRole and index.row() == self._strong:
            return style.font(BODY, bold=True)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return (RIGHT if section else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None


class _Rows(QStyledItemDelegate):
    """Hairlines between rows, and none below the last, where the frame is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.row() < index.model().rowCount() - 1:
            painter.setPen(QColor(style.current().line))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


class FiguresTable(QTableView):
    """As tall as its rows, up to ``most`` of them, and as wide as there is room; then it scrolls."""

    def __init__(self, name: str, *, most: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._wanted: list[int] = []
        self.setProperty("kind", "figures")
        self.setShowGrid(False)
        self.setItemDelegate(_Rows(self))
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
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
        old = self.model()
        self.setModel(FiguresModel(heads, rows, strong=strong, parent=self))
        if old is not None:
            old.deleteLater()
        head = self.horizontalHeader()
        hints = [max(self.sizeHintForColumn(k), head.sectionSizeHint(k)) + GAP for k in range(len(heads))]
        self._wanted = [max(hint, NARROWEST) for hint in hints]
        self._share_out()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Columns as wide as what is in them; what room is left over is shared among them."""
        least = sum(self._wanted)
        scrolls = self.viewport().width() < least
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if bar != self.horizontalScrollBarPolicy():
            self.setHorizontalScrollBarPolicy(bar)  # which may change the room
            self.updateGeometry()
        left, count = max(self.viewport().width() - least, 0), len(self._wanted)
        for column, wanted in enumerate(self._wanted):
            self.setColumnWidth(column, wanted + left * (column + 1) // count - left * column // count)

    def sizeHint(self) -> QSize:
        rows = self.model().rowCount() if self.model() is not None else 0
        wide = sum(self._wanted)
        scrolls = self.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        return QSize(wide, ROW * (min(rows, self._most) + 1) + bar + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self.sizeHint().height())
