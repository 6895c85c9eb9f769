"""Copies a large grid: its texts are made in a thread, as that takes longer than the window may stand still."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from almanac.desktop.widgets.copying import Grid, mime_of, texts_of


class GridCopy(QObject):
    """Makes one grid at a time; ``copied``: it is in the clipboard."""

    copied = Signal()
    _thread_done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: Future[tuple[str, str]] | None = None
        self._thread_done.connect(self._on_thread_done)

    def start(self, make: Callable[[], Grid]) -> None:
        """Make a grid and copy it; only the latest gets into the clipboard."""
        thread = ThreadPoolExecutor(max_workers=1)
        self._latest = thread.submit(lambda: texts_of(make()))
        self._latest.add_done_callback(self._thread_done.emit)  # Qt delivers it in the window's own thread
        thread.shutdown(wait=False)

    def wait(self) -> None:
        """Wait for the grid that is being made."""
        if self._latest is not None:
            wait([self._latest])

    def _on_thread_done(self, done: Future[tuple[str, str]]) -> None:
        if done is self._latest:
            text, html = done.result()  # raises here, in the window's thread, what went wrong in the other
            QGuiApplication.clipboard().setMimeData(mime_of(text, html))
            self.copied.emit()
