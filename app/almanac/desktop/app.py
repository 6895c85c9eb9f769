"""Start the window."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from almanac.desktop.shell import shutdown
from almanac.desktop.theme import style
from almanac.desktop.window import MainWindow


def main(files: list[str]) -> int:
    """Open the window, with a file if one is named, and run until it is closed."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Almanac")
    style.load_fonts()
    style.follow_system(application)
    window = MainWindow()
    sys.excepthook = tell_faults_in(window)
    application.aboutToQuit.connect(window.link.close)
    shutdown.end_with_it(application)
    window.show()
    for name in files[:1]:
        window.open(Path(name))
    return application.exec()


def tell_faults_in(window: MainWindow):  # type: ignore[no-untyped-def]
    """A fault in a slot must never hang the program without a word."""

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, fault, trace))
        if sys.stderr is not None:  # there is none in a packaged program without a console
            sys.stderr.write(details)
        window.tell_fault(details)

    return tell
