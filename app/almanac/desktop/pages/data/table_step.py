"""Choose the table: the sheets of the workbook, and how each one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from almanac.desktop.formatting import numbers
from almanac.desktop.pages.data.step import Step

if TYPE_CHECKING:
    from almanac.tables import ReadFile, ReadingOptions
    from almanac.tables.reading import SheetInfo

ROW, MOST_SHOWN = 34, 5
# Another sheet has other columns: what was chosen for this one says nothing about them.
BLANK = {"date": None, "values": (), "series": (), "frequency": None}


class TableStep(Step):
    name = "Table"
    question = "Which table shall be read?"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Tables in this workbook")
        self.list.currentRowChanged.connect(self._on_row)
        self.box.addWidget(self.list)
        self._sheets: tuple[str | None, ...] = ()

    def fits(self, file: ReadFile) -> bool:
        return len(file.sheets) > 1

    def asks(self, file: ReadFile, options: ReadingOptions) -> bool:
        tables = [sheet.name for sheet in file.sheets if sheet.looks_like_table]
        return options.sheet is None and len(tables) > 1 and file.reading.sheet in tables

    def fill(self) -> None:
        sheets, at = self.file.sheets, self.file.reading.sheet
        names: list[str | None] = [sheet.name for sheet in sheets]
        lines = [_line(sheet) for sheet in sheets]
        if at is not None and at not in names:  # sheets that continue one another were read as one
            names.insert(0, None)
            lines.insert(0, f"All together: {at}")
        self._sheets = tuple(names)
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(line)
            item.setSizeHint(QSize(0, ROW))
            self.list.addItem(item)
        self.list.setCurrentRow(names.index(at) if at in names else 0)
        self.list.blockSignals(False)
        self.list.setFixedHeight(min(len(lines), MOST_SHOWN) * ROW + 6)

    @property
    def first(self) -> QWidget:
        return self.list

    def _on_row(self, row: int) -> None:
        if not 0 <= row < len(self._sheets):
            return
        sheet = self._sheets[row]
        if sheet == self.file.reading.sheet or (sheet is None and self.options.sheet is None):
            self.unstage("sheet", *BLANK)
            return
        self.stage(sheet=sheet, **BLANK)
        self.looked.emit("preview", (type(self.options)(sheet=sheet),))


def _line(sheet: SheetInfo) -> str:
    size = f"{numbers.plural(sheet.rows, 'row')}, {numbers.plural(sheet.columns, 'column')}"
    return f"{sheet.name}   –   {size if sheet.looks_like_table else 'no table of numbers was seen here'}"
