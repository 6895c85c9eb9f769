"""Watches one spreadsheet while the window is open, in a separate thread that sleeps almost all the time."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from PySide6.QtCore import QObject, Signal

END_SECONDS = 5.0  # that the thread has to notice that it is to end


class FileWatch(QObject):
    """``saved`` carries the path each time that the file has a new content. Nothing runs while nothing is watched."""

    saved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop: Event | None = None
        self._thread: Thread | None = None
        self.path: Path | None = None

    def start(self, path: Path) -> None:
        """Watch this file, and no other."""
        self.end()
        self.path, self._stop = path, Event()
        self._thread = Thread(target=self._watch, args=(path, self._stop), name="file watch", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Watch nothing. The thread may still be reading a large file, and ends by itself."""
        if self._stop is not None:
            self._stop.set()
        self._stop = self.path = None

    def close(self) -> None:
        """Watch nothing, and wait for the thread."""
        self.end()
        if self._thread is not None:
            self._thread.join(END_SECONDS)
            self._thread = None

    def _watch(self, path: Path, stop: Event) -> None:
        from almanac.workflow.watching.watcher import Watcher

        for changed in Watcher(path).changes(stop):
            if not stop.is_set():
                self.saved.emit(changed)
