"""Show a file in the program of the system that shows folders."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

# Programs that open the folder with the file selected; elsewhere the folder is opened.
_SELECTING = {"win32": ("explorer", "/select,{}"), "darwin": ("open", "-R", "{}")}


def show_in_folder(path: Path) -> None:
    """Open the folder of a file, with the file selected where the system can do that."""
    program, *arguments = _SELECTING.get(sys.platform, ("",))
    filled = [argument.format(path) for argument in arguments]
    if not program or not QProcess.startDetached(program, filled)[0]:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
