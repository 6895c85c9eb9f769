"""Start the window."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QTimer, qVersion
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from almanac.desktop.shell import shutdown
from almanac.desktop.shell.one_window import Note, OneWindow
from almanac.desktop.theme import style
from almanac.desktop.window import MainWindow

TRY_OUT_MS = 1500  # until the worker has started, chosen by judgement
ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def main(files: list[str]) -> int:
    """Open the window, with the first of ``files`` if there is one, and run until it is closed.

    Where this person has a window already, it comes to the front and opens the file instead.
    """
    file = next((Path(name).absolute() for name in files), None)
    place = OneWindow()
    if not place.claim(Note("" if file is None else str(file))):
        return 0
    application, window = _opened()
    sys.excepthook = report_exceptions_in(window)
    application.installEventFilter(FilesFromTheFinder(window))
    application.aboutToQuit.connect(place.release)
    application.aboutToQuit.connect(window.session.worker.close)
    shutdown.quit_on_signals(application)
    QTimer.singleShot(0, window, _start_log)
    if file is not None:
        window.session.open_file(file)
    place.asked.connect(window.come_forward)
    place.listen()
    code = application.exec()
    _stop_log()
    return code


class FilesFromTheFinder(QObject):
    """Opens what macOS hands over: a file dropped on the icon in the Dock, or opened with Almanac."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the file, wherever the event was sent to."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._window.come_forward(Note(event.file()))
            return True
        return super().eventFilter(watched, event)


def try_out() -> int:
    """Open the window, let it begin its work, and close it; 0 when nothing went wrong on the way."""
    application, window = _opened()
    failures: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: failures.append(error)
    QTimer.singleShot(TRY_OUT_MS, window, window.close)
    application.exec()
    window.session.worker.close()
    return 1 if failures or not window.session.worker.was_started else 0


def _opened() -> tuple[QApplication, MainWindow]:
    """Return the application and its window, shown."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Almanac")
    application.setStyle("Fusion")  # before the fonts: a style brings its own for menus and tables
    style.load_fonts()
    style.follow_system(application)
    window = MainWindow()
    window.show()
    return application, window


def _start_log() -> None:
    """Begin the window's log, once the first paint no longer waits for the modules that this takes."""
    from almanac.core.system import logs

    logs.start("window")
    logs.event(f"Qt {qVersion()}, {QGuiApplication.platformName()}")


def _stop_log() -> None:
    from almanac.core.system import logs

    logs.stop()


def report_exceptions_in(window: MainWindow) -> ExceptHook:
    """Return a ``sys.excepthook`` that shows unexpected exceptions in the window: none may pass in silence."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from almanac.core.system import logs

        if sys.stderr is not None:  # a packaged program without a console has none
            traceback.print_exception(kind, error, trace)
        logs.failure(error)
        window.show_crash(logs.describe(error))

    return report
