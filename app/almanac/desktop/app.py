"""Start the window."""

from __future__ import annotations

import signal
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from almanac.desktop import style
from almanac.desktop.window import MainWindow


def main(files: list[str]) -> int:
    """Open the window, with a file if one is named, and run until it is closed."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Almanac")
    style.load_fonts()
    style.apply(application)
    window = MainWindow()

    def restyle() -> None:
        style.apply(application)
        window.forecast.recolour()

    def on_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """A fault in a slot must never hang the program without a word."""
        details = "".join(traceback.format_exception(kind, fault, trace))
        sys.stderr.write(details)
        window.link.met_bug.emit(details)

    application.styleHints().colorSchemeChanged.connect(restyle)
    sys.excepthook = on_fault
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    application.aboutToQuit.connect(window.link.close)
    window.show()
    for name in files[:1]:
        window.open(Path(name))
    return application.exec()
