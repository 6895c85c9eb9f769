"""Start: drop a file, open one, try an example, or go on with a recent one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core import paths
from almanac.desktop.shell import recent
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, clear, label, restyle

FILTER = "Spreadsheets (*.csv *.tsv *.txt *.xlsx *.xls *.xlsb *.ods);;All files (*)"
# Title, what is in it, icon; samples without an entry are shown by their file's name.
EXAMPLES = {
    "corner-shop.csv": ("A Corner Shop", "12 products, daily", "shopping-basket"),
    "clinic.xlsx": ("A Clinic", "Visits by week", "stethoscope"),
    "household.csv": ("A Household", "Bills by month", "house"),
    "student-lab.csv": ("A Student’s Lab", "Sensors by hour", "flask-conical"),
}


def examples() -> list[Path]:
    """The sample spreadsheets that ship with the program, the known ones first."""
    folder = paths.resources() / "samples"
    order = list(EXAMPLES)
    found = [p for p in folder.iterdir() if p.suffix in (".csv", ".xlsx")] if folder.is_dir() else []
    return sorted(found, key=lambda p: (order.index(p.name) if p.name in order else len(order), p.name))


class Tile(Button):
    """A button made of an icon and two lines."""

    def __init__(self, title: str, words: str, icon_name: str, kind: str, parent: QWidget | None = None) -> None:
        super().__init__("", kind, parent=parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.box = QHBoxLayout(self)
        self.box.setContentsMargins(SPACE[3], SPACE[2], SPACE[2], SPACE[2])
        self.box.setSpacing(SPACE[2])
        self.box.addWidget(IconLabel(icon_name, "accent", 22))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(label(title, "strong"))
        texts.addWidget(label(words, "caption"))
        texts.addStretch(1)
        self.box.addLayout(texts, 1)
        _let_mouse_through(self)


class DropZone(Button):
    """The large place to drop a file on, which is also a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "drop", parent=parent)
        self.setAccessibleName("Drop a spreadsheet here, or press to choose one")
        self.setMaximumHeight(400)
        box = QVBoxLayout(self)
        box.setSpacing(SPACE[1])
        centre = Qt.AlignmentFlag.AlignHCenter
        box.addStretch(1)
        box.addWidget(IconLabel("file-spreadsheet", "accent", 44), 0, centre)
        box.addSpacing(SPACE[0])
        box.addWidget(label("Drop a spreadsheet here", "section"), 0, centre)
        box.addWidget(label("or press to choose one: CSV, text, Excel or OpenDocument", "quiet"), 0, centre)
        box.addStretch(1)
        _let_mouse_through(self)

    def light(self, over: bool) -> None:
        """Show that a file is held over it."""
        restyle(self, "over", "true" if over else "false")


class StartPage(Page):
    """``opened`` gives the path of the file that was chosen."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What would you like to forecast?", parent)
        self.drop = DropZone()
        self.drop.clicked.connect(self.ask_for_file)
        self.first = self.drop
        self.box.addWidget(self.drop, 4)
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        self.open_file = button("&Open File…", "primary", "folder-open")
        self.open_file.clicked.connect(self.ask_for_file)
        row.addWidget(self.open_file)
        row.addWidget(label("Your file is only read, never changed.", "quiet"))
        row.addStretch(1)
        self.box.addLayout(row)
        self.box.addSpacing(SPACE[2])
        self.box.addWidget(label("Try an Example", "section"))
        tiles = QHBoxLayout()
        tiles.setSpacing(SPACE[2])
        self.examples: list[Tile] = []
        for path in examples():
            title, words, icon_name = EXAMPLES.get(path.name, (path.stem, "", "file-spreadsheet"))
            tile = Tile(title, words, icon_name, "example")
            tile.clicked.connect(lambda _=False, path=path: self.opened.emit(path))
            self.examples.append(tile)
            tiles.addWidget(tile, 1)
        self.box.addLayout(tiles)
        self.box.addSpacing(SPACE[2])
        self._heading = label("Recent", "section")
        self.box.addWidget(self._heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self.box.addLayout(self._recent)
        self.box.addStretch(1)
        self.workers = [self.drop, self.open_file, *self.examples]
        self.refresh()

    def refresh(self) -> None:
        """Show the files opened lately that still exist."""
        clear(self._recent)
        files = recent.files()
        self._heading.setVisible(bool(files))
        for path in files:
            folder = QFontMetrics(self.font()).elidedText(str(path.parent), Qt.TextElideMode.ElideMiddle, 420)
            line = button(f"{path.name.replace('&', '&&')}   –   {folder.replace('&', '&&')}", "line", "history")
            line.setAccessibleName(f"Open {path.name} in {path.parent}")
            line.clicked.connect(lambda _=False, path=path: self.opened.emit(path))
            self._recent.addWidget(line)

    def ask_for_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open File", str(recent.folder()), FILTER)
        if name:
            self.opened.emit(Path(name))


def _let_mouse_through(widget: QWidget) -> None:
    for part in widget.findChildren(QWidget):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
