"""Choose the table: the sheets of the workbook, and how each one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.step import Step

if TYPE_CHECKING:
    from almanac.tables import ReadFile, ReadingOptions
    from almanac.tables.reading import SheetInfo

ROW_HEIGHT, MAX_ROWS_SHOWN = 34, 5
# Another sheet has other columns: what was chosen for this one says nothing about them.
NO_COLUMNS: dict[str, Any] = {"date": None, "values": (), "series": (), "frequency": None}


class TableStep(Step):
    """A list of the sheets; the first lines of the selected one are shown before it is read."""

    name = "Table"
    question = "Which table should Almanac use?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Tables in this workbook")
        self.list.currentRowChanged.connect(self._on_row)
        self.box.addWidget(self.list)
        self._sheets: tuple[str | None, ...] = ()

    def applies_to(self, file: ReadFile) -> bool:
        """Whether there are several sheets."""
        return len(file.sheets) > 1

    def open_answers(self, file: ReadFile, options: ReadingOptions) -> int:
        """One when several sheets hold a table and none was chosen."""
        tables = [sheet.name for sheet in file.sheets if sheet.looks_like_table]
        return int(options.sheet is None and len(tables) > 1 and file.reading.sheet in tables)

    def fill(self) -> None:
        """List the sheets, with the one that was read selected."""
        sheets, current = self.file.sheets, self.file.reading.sheet
        names: list[str | None] = [sheet.name for sheet in sheets]
        lines = [_sheet_line(sheet) for sheet in sheets]
        if current is not None and current not in names:  # sheets that continue one another were read as one
            names.insert(0, None)
            lines.insert(0, f"All together: {current}")
        self._sheets = tuple(names)
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(line)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self.list.addItem(item)
        self.list.setCurrentRow(names.index(current) if current in names else 0)
        self.list.blockSignals(False)
        self.list.setFixedHeight(min(len(lines), MAX_ROWS_SHOWN) * ROW_HEIGHT + 6)

    @property
    def initial_focus(self) -> QWidget:
        """The list."""
        return self.list

    def _on_row(self, row: int) -> None:
        if not 0 <= row < len(self._sheets):
            return
        sheet = self._sheets[row]
        if sheet == self.file.reading.sheet or (sheet is None and self.options.sheet is None):
            self.unstage("sheet", *NO_COLUMNS)
            return
        self.stage(sheet=sheet, **NO_COLUMNS)
        self.lookup_requested.emit("preview", (type(self.options)(sheet=sheet),))


def _sheet_line(sheet: SheetInfo) -> str:
    size = f"{numbers.plural(sheet.rows, 'row')}, {numbers.plural(sheet.columns, 'column')}"
    return f"{sheet.name}   –   {size if sheet.looks_like_table else 'no table of numbers found here'}"
