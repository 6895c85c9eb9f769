"""The table of stock and orders: what is typed goes into all selected cells, and cells can be pasted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from almanac.desktop.formatting.number_entry import read_number
from almanac.desktop.pages.orders.stock_model import FIRST_TYPED, StockModel
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD = 30, 44
MIN_COLUMN_WIDTH = 64
MAX_NAME_WIDTH = 260
TYPED_TINT = 18  # of 255: how much the accent shows behind cells that can be typed into


class _CellDelegate(QStyledItemDelegate):
    """Gives what is typed to every selected cell of the column, and marks the cells that take it."""

    def __init__(self, selected: Callable[[Index], list[QModelIndex]], parent: QWidget) -> None:
        super().__init__(parent)
        self._selected = selected

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Store what was typed."""
        text = editor.property("text")
        for cell in self._selected(index):
            model.setData(cell, text)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = cast("Any", option).rect  # Qt's types say nothing of it
        if index.column() >= FIRST_TYPED:
            tint = QColor(style.current().accent)
            tint.setAlpha(TYPED_TINT)
            painter.fillRect(area, tint)
        super().paint(painter, option, index)
        painter.setPen(QColor(style.current().line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())


class StockTable(QTableView):
    """Shows a ``StockModel``. ``list_pasted`` carries the cells of a whole list, with its headings."""

    list_pasted = Signal(object)

    def __init__(self, model: StockModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setProperty("kind", "figures")
        self.setItemDelegate(_CellDelegate(self._cells_to_fill, self))
        self.setAccessibleName("Stock and orders of each product")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFont(style.font(CAPTION))
        head.setFixedHeight(HEAD)
        # Once for all that changes in one turn: pasting a list changes thousands of cells.
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self.fit_columns)
        for changed in (model.dataChanged, model.modelReset, model.layoutChanged):
            changed.connect(self._on_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and paste cells; Delete empties them."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Delete):
            for index in self.selectedIndexes():
                self._model.setData(index, "")
        else:
            super().keyPressEvent(event)

    def paste(self, text: str) -> None:
        """Take over a list with headings, or cells from the current one on."""
        rows = [tuple(line.split("\t")) for line in text.splitlines() if line.strip()]
        if not rows:
            return
        if len(rows) > 1 and sum(bool(cell.strip()) and read_number(cell) is None for cell in rows[0]) > 1:
            self.list_pasted.emit(tuple(rows))
            return
        start = self.currentIndex() if self.currentIndex().isValid() else self._model.index(0, FIRST_TYPED)
        for down, cells in enumerate(rows):
            for right, cell in enumerate(cells):
                self._model.setData(
                    start.siblingAtColumn(start.column() + right).siblingAtRow(start.row() + down), cell
                )

    def copy(self) -> None:
        """Copy the selected cells, so that they can be pasted into a spreadsheet."""
        chosen = {(index.row(), index.column()): str(index.data()) for index in self.selectedIndexes()}
        rows, columns = ({place[side] for place in chosen} for side in (0, 1))
        lines = ["\t".join(chosen.get((row, column), "") for column in sorted(columns)) for row in sorted(rows)]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def fit_columns(self) -> None:
        """Make columns as wide as their content, and share out the room that is left over."""
        head = self.horizontalHeader()
        columns = range(self._model.columnCount())
        wanted = [max(self.sizeHintForColumn(k), head.sectionSizeHint(k), MIN_COLUMN_WIDTH) for k in columns]
        wanted[0] = min(wanted[0], MAX_NAME_WIDTH)
        left = max(self.viewport().width() - sum(wanted), 0)
        for column, width in enumerate(wanted):
            more = left * (column + 1) // len(wanted) - left * column // len(wanted)
            self.setColumnWidth(column, width + more)

    def _on_changed(self) -> None:
        if self.isVisible():
            self._fit_soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns to what changed while the table was hidden."""
        super().showEvent(event)
        self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._on_changed()

    def _cells_to_fill(self, index: Index) -> list[QModelIndex]:
        """The cell that was typed into, and others of its column that are selected with it."""
        selected = [cell for cell in self.selectedIndexes() if cell.column() == index.column()]
        own = self._model.index(index.row(), index.column())
        return selected if own in selected else [own]
