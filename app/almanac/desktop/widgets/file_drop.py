"""A window that takes what is dropped on it: what it may be, and why the rest may not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from almanac.core.problems import Problem

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".heic", ".tif", ".tiff"}
DOCUMENTS = {".pdf", ".doc", ".docx", ".odt", ".ppt", ".pptx", ".zip", ".mp4", ".mov", ".mp3"}


def paths_of(data: QMimeData) -> list[Path]:
    """The files on this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def refusal(paths: list[Path]) -> Problem | None:
    """Why these cannot be opened; None when they can."""
    if not paths:
        why = "Almanac reads files on this computer only; this came from somewhere else."
        return Problem("no_file", "There was no file in that.", why, "Save it as a file first, then drop the file.")
    if len(paths) > 1:
        why = "Almanac reads one spreadsheet at a time."
        return Problem("several_files", f"{len(paths)} files were dropped.", why, "Drop a single file.")
    (path,) = paths
    if path.is_dir():
        why = "A forecast is made from one spreadsheet."
        fix = "Open the folder and drop one file from it."
        return Problem("a_folder", f"“{path.name}” is a folder.", why, fix)
    if path.suffix.lower() in PICTURES:
        why = "Almanac reads the numbers in cells, and a picture has none."
        fix = "Drop the CSV or Excel file that the picture was made from."
        return Problem("a_picture", f"“{path.name}” is a picture, not a spreadsheet.", why, fix)
    if path.suffix.lower() in DOCUMENTS:
        why = "Almanac reads the numbers in cells, and there are none to read in it."
        return Problem("a_document", f"“{path.name}” is not a spreadsheet.", why, "Drop a CSV or Excel file.")
    return None


class DropWindow(QMainWindow):
    """A window that takes a file dropped anywhere on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def hovered(self, over: bool) -> None:
        """Files are being dragged over the window, or no longer."""
        raise NotImplementedError

    def dropped(self, path: Path) -> None:
        """A file was dropped."""
        raise NotImplementedError

    def refused(self, problem: Problem) -> None:
        """What was dropped cannot be opened."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self.hovered(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hovered(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hovered(False)
        event.acceptProposedAction()
        paths = paths_of(event.mimeData())
        problem = refusal(paths)
        if problem is None:
            self.dropped(paths[0])
        else:
            self.refused(problem)
