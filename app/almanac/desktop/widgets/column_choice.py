"""A button that opens a list of columns to tick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QWidget, QWidgetAction

from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, ROWS_SHOWN, WIDTH = 30, 10, 280


class TickModel(QAbstractListModel):
    """Column names, each ticked or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.ticked: set[str] = set()

    def fill(self, names: Iterable[str], ticked: Iterable[str]) -> None:
        self.beginResetModel()
        self.names, self.ticked = tuple(names), set(ticked)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name = self.names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if name in self.ticked else Qt.CheckState.Unchecked
        return None

    def toggle(self, index: Index) -> None:
        self.ticked ^= {self.names[index.row()]}
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])


class TickList(QListView):
    """A press anywhere on a line, or Space, ticks it."""

    def __init__(self, model: TickModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Columns")
        self.setMinimumWidth(WIDTH)
        self.clicked.connect(model.toggle)
        self._ticks = model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._ticks.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ColumnChoice(Button):
    """``changed`` comes once, when the list is closed with other columns ticked than before."""

    changed = Signal(object)

    def __init__(self, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__("", "choice", parent=parent)
        self._nothing = nothing
        self._before: tuple[str, ...] = ()
        self._model = TickModel(self)
        self._view = TickList(self._model)
        action = QWidgetAction(self)
        action.setDefaultWidget(self._view)
        self.list = QMenu(self)
        self.list.addAction(action)
        self.list.aboutToShow.connect(self._view.setFocus)
        self.list.aboutToHide.connect(self._close)
        self.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, SPACE[1], 0)
        row.addStretch(1)
        arrow = IconLabel("chevron-down", "quiet", 16)
        arrow.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(arrow)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked columns, in the file's order."""
        return tuple(name for name in self._model.names if name in self._model.ticked)

    def fill(self, names: Iterable[str], ticked: Iterable[str]) -> None:
        self._model.fill(names, ticked)
        self._view.setFixedHeight(min(len(self._model.names), ROWS_SHOWN) * ROW_HEIGHT + 8)
        self._before = self.chosen
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self._view.setMinimumWidth(max(WIDTH, self.width() - 16))
        self.list.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _close(self) -> None:
        chosen = self.chosen
        if chosen != self._before:
            self._before = chosen
            self._say()
            self.changed.emit(chosen)

    def _say(self) -> None:
        chosen = self._before
        text = chosen[0] if len(chosen) == 1 else f"{len(chosen):,} columns" if chosen else self._nothing
        self.setText(text.replace("&", "&&"))
        self.setAccessibleDescription(", ".join(chosen[:ROWS_SHOWN]) or self._nothing)
        self.setToolTip(", ".join(chosen[:ROWS_SHOWN]))
