"""A button that opens a list of columns, or other names, with check boxes."""

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
ROW_HEIGHT, MAX_ROWS_SHOWN, MIN_WIDTH, FRAME = 30, 10, 280, 8  # in pixels, but for the number of rows
ARROW_SIZE = 16


class CheckModel(QAbstractListModel):
    """Column names, each checked or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.checked: set[str] = set()

    def fill(self, names: Iterable[str], checked: Iterable[str]) -> None:
        """Show these names, and check some of them."""
        self.beginResetModel()
        self.names, self.checked = tuple(names), set(checked)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of names."""
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A name, and whether it is checked."""
        name = self.names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if name in self.checked else Qt.CheckState.Unchecked
        return None

    def toggle(self, index: Index) -> None:
        """Check a name, or uncheck it."""
        self.checked ^= {self.names[index.row()]}
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])


class CheckList(QListView):
    """A press anywhere on a line, or Space, checks it."""

    def __init__(self, model: CheckModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Columns")
        self.setMinimumWidth(MIN_WIDTH)
        self.clicked.connect(model.toggle)
        self._checks = model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check the current line with Space."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._checks.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ColumnChoice(Button):
    """``changed`` gives the checked columns, once, when the list is closed with others than before.

    ``placeholder`` is the text while none is checked; ``what`` are listed.
    """

    changed = Signal(object)

    def __init__(self, placeholder: str, what: str = "columns", parent: QWidget | None = None) -> None:
        super().__init__("", "choice", parent=parent)
        self._what = what
        self._placeholder = placeholder
        self._before: tuple[str, ...] = ()
        self._model = CheckModel(self)
        self._view = CheckList(self._model)
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
        arrow = IconLabel("chevron-down", "quiet", ARROW_SIZE)
        arrow.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(arrow)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The checked columns, in the file's order."""
        return tuple(name for name in self._model.names if name in self._model.checked)

    def fill(self, names: Iterable[str], checked: Iterable[str]) -> None:
        """List these columns, and check some of them; ``changed`` stays silent."""
        self._model.fill(names, checked)
        self._view.setFixedHeight(min(len(self._model.names), MAX_ROWS_SHOWN) * ROW_HEIGHT + FRAME)
        self._before = self.chosen
        self._update_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with the down key."""
        if event.key() == Qt.Key.Key_Down:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self._view.setMinimumWidth(max(MIN_WIDTH, self.width() - 16))
        self.list.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _close(self) -> None:
        chosen = self.chosen
        if chosen != self._before:
            self._before = chosen
            self._update_text()
            self.changed.emit(chosen)

    def _update_text(self) -> None:
        chosen = self._before
        text = chosen[0] if len(chosen) == 1 else f"{len(chosen):,} {self._what}" if chosen else self._placeholder
        self.setText(text.replace("&", "&&"))
        self.setAccessibleDescription(", ".join(chosen[:MAX_ROWS_SHOWN]) or self._placeholder)
        self.setToolTip(", ".join(chosen[:MAX_ROWS_SHOWN]))
