"""The first lines of the file as they are, each column with its role in words and colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import CAPTION
from almanac.desktop.widgets.basic import elided

if TYPE_CHECKING:
    from almanac.tables import Preview
    from almanac.tables.reading import Role

Index = QModelIndex | QPersistentModelIndex
ROLE_LABELS = {"date": "When", "value": "To forecast", "series": "Split by", "ignored": "Not used"}
MAX_WIDTH, MIN_WIDTH, PADDING = 260, 90, 40  # of a column, in pixels
DEFAULT_WIDTH, ROW_HEIGHT = 140, 30
MAX_FITTED = 40  # columns fitted to their text: measuring thousands would freeze the window


class PreviewModel(QAbstractTableModel):
    """The lines of a Preview, with each column's name and role as its header."""

    def __init__(self, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._roles = preview.roles

    def paint_roles(self, roles: tuple[Role, ...]) -> None:
        """Show the columns as if they had these roles."""
        if roles == self._roles or len(roles) != self.columnCount():
            return
        self._roles = roles
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Number of lines."""
        return 0 if parent.isValid() else len(self._preview.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of columns."""
        return 0 if parent.isValid() else len(self._preview.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, colour and alignment."""
        column_role = self._roles[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = self._preview.rows[index.row()]
            return row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.BackgroundRole:
            tokens = style.current()
            colour = {"value": tokens.tint, "date": tokens.tint_when, "series": tokens.tint_split}.get(column_role)
            return QBrush(QColor(colour)) if colour else None
        if role == Qt.ItemDataRole.ForegroundRole and column_role == "ignored":
            return QBrush(QColor(style.current().quiet))
        if role == Qt.ItemDataRole.TextAlignmentRole and column_role == "value":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A column's name and role; the number of a line."""
        if orientation == Qt.Orientation.Vertical:
            return str(self._preview.lines[section]) if role == Qt.ItemDataRole.DisplayRole else None
        column_role = self._roles[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            name = self._preview.columns[section]
            room = (MAX_WIDTH if section < MAX_FITTED else DEFAULT_WIDTH) - PADDING
            shown = name if role == Qt.ItemDataRole.ToolTipRole else elided(name, style.font(CAPTION, bold=True), room)
            return f"{shown}\n{ROLE_LABELS[column_role]}"
        if role == Qt.ItemDataRole.ForegroundRole:
            tokens = style.current()
            return QBrush(QColor(tokens.quiet if column_role == "ignored" else tokens.text))
        if role == Qt.ItemDataRole.FontRole and column_role != "ignored":
            return style.font(CAPTION, bold=True)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column_role == "value" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class PreviewTable(QTableView):
    """A table to look at; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("First lines of your file")
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setFont(style.font(CAPTION))
        self.verticalHeader().setFont(style.font(CAPTION))
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setDefaultSectionSize(DEFAULT_WIDTH)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paint_roles(self, roles: tuple[Role, ...]) -> None:
        """Show the columns as if they had these roles."""
        model = self.model()
        if isinstance(model, PreviewModel):
            model.paint_roles(roles)

    def show_preview(self, preview: Preview) -> None:
        """Show these lines, with columns as wide as their text."""
        old = self.model()
        self.setModel(PreviewModel(preview, self))
        if old is not None:
            old.deleteLater()
        cells, heads = QFontMetrics(self.font()), QFontMetrics(style.font(CAPTION, bold=True))
        for column, name in enumerate(preview.columns[:MAX_FITTED]):
            # Qt's own way asks every cell for its size, which takes ten times as long.
            longest = max((row[column] for row in preview.rows if column < len(row)), key=len, default="")
            header = max(map(heads.horizontalAdvance, (name, ROLE_LABELS[preview.roles[column]])))
            width = max(cells.horizontalAdvance(longest), header) + PADDING
            self.setColumnWidth(column, min(max(width, MIN_WIDTH), MAX_WIDTH))
