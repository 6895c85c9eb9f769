"""A window that takes a file dropped on it, and says why it does not take anything else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from almanac.core.problems import Problem
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import label

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".heic", ".tif", ".tiff"}
DOCUMENTS = {".pdf", ".doc", ".docx", ".odt", ".ppt", ".pptx", ".zip", ".mp4", ".mov", ".mp3"}


def paths_of(data: QMimeData) -> list[Path]:
    """Return the files on this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def refusal(paths: list[Path]) -> Problem | None:
    """Return why these cannot be opened; None when they can."""
    if len(paths) != 1:
        return _wrong_number(len(paths))
    (path,) = paths
    name, suffix = f"“{path.name}”", path.suffix.lower()
    if path.is_dir():
        return Problem(
            "a_folder",
            f"{name} is a folder.",
            "A forecast is made from one spreadsheet.",
            "Open the folder and drop one file from it.",
        )
    if suffix in PICTURES:
        return Problem(
            "a_picture",
            f"{name} is a picture, not a spreadsheet.",
            "Almanac reads the numbers in cells, and a picture has none.",
            "Drop the CSV or Excel file that the picture was made from.",
        )
    if suffix in DOCUMENTS:
        return Problem(
            "a_document",
            f"{name} is not a spreadsheet.",
            "Almanac reads the numbers in cells, and this file has none.",
            "Drop a CSV or Excel file.",
        )
    return None


def _wrong_number(count: int) -> Problem:
    if count:
        why = "Almanac reads one spreadsheet at a time."
        return Problem("several_files", f"{count} files were dropped.", why, "Drop a single file.")
    why = "Almanac reads files on this computer only; this came from somewhere else."
    return Problem("no_file", "There was no file in that.", why, "Save it as a file first, then drop the file.")


def leave_drops_to_window(page: QWidget) -> None:
    """Keep fields and charts from taking a file that is dropped on them: the window opens it."""
    for kind in (QLineEdit, QGraphicsView):
        for part in page.findChildren(kind):
            part.setAcceptDrops(False)


class DropCover(QFrame):
    """Covers the window while a file is dragged over it, and says what will happen when it is let go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drop-cover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Drop the file to open it")
        box = QVBoxLayout(self)
        box.setSpacing(SPACE[1])
        centre = Qt.AlignmentFlag.AlignHCenter
        box.addStretch(1)
        box.addWidget(IconLabel("file-spreadsheet", "accent", 44), 0, centre)
        box.addWidget(label("Drop the file to open it", "section"), 0, centre)
        box.addWidget(label("Almanac only reads it, and never changes it.", "quiet"), 0, centre)
        box.addStretch(1)
        self.hide()


class DropWindow(QMainWindow):
    """Takes a file dropped anywhere on it, and shows that it does while one is dragged over it.

    ``file_dropped`` carries a path, ``drop_refused`` the Problem with what was dropped.
    """

    file_dropped = Signal(object)
    drop_refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.cover = DropCover(self)

    def _set_hovered(self, hovered: bool) -> None:
        if hovered:
            self.cover.setGeometry(self.rect().adjusted(*(SPACE[1], SPACE[1], -SPACE[1], -SPACE[1])))
            self.cover.raise_()
        self.cover.setVisible(hovered)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept anything that carries addresses; what it is, is checked when it is dropped."""
        if event.mimeData().hasUrls():
            self._set_hovered(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """End the highlight."""
        self._set_hovered(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file, or say why it cannot be opened."""
        self._set_hovered(False)
        event.acceptProposedAction()
        paths = paths_of(event.mimeData())
        problem = refusal(paths)
        if problem is None:
            self.file_dropped.emit(paths[0])
        else:
            self.drop_refused.emit(problem)
