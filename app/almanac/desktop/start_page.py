"""Start: drop a file, open one, try an example, or go on with a recent one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from almanac import places
from almanac.desktop import recent
from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import Page, button, clear, label, restyle
from almanac.problems import Problem

FILTER = "Spreadsheets (*.csv *.tsv *.txt *.xlsx *.xls *.xlsb *.ods);;All files (*)"
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".heic", ".tiff", ".pdf"}
EXAMPLES = {
    "corner-shop.csv": "A Corner Shop",
    "clinic.xlsx": "A Clinic",
    "household.csv": "A Household",
    "student-lab.csv": "A Student’s Lab",
}


def refusal(paths: list[Path]) -> Problem | None:
    """Why these cannot be opened; None when they can."""
    if len(paths) != 1:
        why, fix = "Almanac reads one spreadsheet at a time.", "Drop a single file."
        return Problem(
            "several_files", f"{len(paths)} files were dropped." if paths else "No file was dropped.", why, fix
        )
    (path,) = paths
    if path.is_dir():
        why, fix = "A forecast is made from one spreadsheet.", "Open the folder and drop one file from it."
        return Problem("a_folder", f"“{path.name}” is a folder.", why, fix)
    if path.suffix.lower() in PICTURES:
        why = "Almanac reads the numbers in cells, and there are none to read in it."
        return Problem("a_picture", f"“{path.name}” is not a spreadsheet.", why, "Drop a CSV or Excel file.")
    return None


class StartPage(Page):
    """``opened`` gives the path of the file that was chosen."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What would you like to forecast?", parent)
        self.setAcceptDrops(True)
        self.drop = button("Drop a spreadsheet here, or press to open one", "drop")
        self.drop.setMinimumHeight(220)
        self.drop.clicked.connect(self.ask_for_file)
        self.box.addWidget(self.drop, 1)
        self.box.addWidget(label("CSV, text, Excel or OpenDocument. Your file is only read, never changed.", "quiet"))
        row = QHBoxLayout()
        self.open_file = button("&Open File…", "primary")
        self.open_file.clicked.connect(self.ask_for_file)
        row.addWidget(self.open_file)
        row.addStretch(1)
        self.box.addLayout(row)
        self.box.addSpacing(SPACE[1])
        self.box.addWidget(label("Try an Example", "section"))
        examples = QHBoxLayout()
        for name, title in EXAMPLES.items():
            example = button(title)
            example.clicked.connect(lambda _=False, name=name: self.opened.emit(places.resources() / "samples" / name))
            examples.addWidget(example)
        examples.addStretch(1)
        self.box.addLayout(examples)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(SPACE[0])
        self.box.addLayout(self._recent)
        self.box.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the files opened lately that still exist."""
        clear(self._recent)
        files = recent.files()
        if files:
            self._recent.addWidget(label("Recent", "section"))
        for path in files:
            line = button(f"{path.name}   ·   {path.parent}")
            line.setProperty("kind", "station")
            line.clicked.connect(lambda _=False, path=path: self.opened.emit(path))
            self._recent.addWidget(line)

    def ask_for_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open File", str(recent.folder()), FILTER)
        if name:
            self.opened.emit(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            restyle(self.drop, "over", "true")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self.drop, "over", "false")
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self.drop, "over", "false")
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        problem = refusal(paths)
        event.acceptProposedAction()
        if problem is None:
            self.opened.emit(paths[0])
        else:
            self.tell(problem)
