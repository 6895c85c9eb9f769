"""Makes the printable report in a thread: laying out a page takes longer than a person should wait."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from almanac.desktop.report.scope import ReportScope
    from almanac.exports import Overview
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.watching.digest import Digest


class ReportMaker(QObject):
    """Makes one report at a time; ``finished`` carries the PDF as bytes."""

    finished = Signal(object)
    _thread_done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: Future[bytes] | None = None
        self._thread_done.connect(self._on_thread_done)

    def make(self, result: ForecastResult, overview: Overview, scope: ReportScope, found: Digest | None = None) -> None:
        """Start making the report about a part of a forecast; only the latest is handed over.

        ``found``: what became of earlier forecasts.
        """
        from almanac.desktop.report.document import pdf

        thread = ThreadPoolExecutor(max_workers=1)
        self._latest = thread.submit(pdf, result, overview, scope, found)
        self._latest.add_done_callback(self._thread_done.emit)  # Qt delivers it in the window's own thread
        thread.shutdown(wait=False)

    def wait(self) -> None:
        """Wait for the report that is being made."""
        if self._latest is not None:
            wait([self._latest])

    def _on_thread_done(self, done: Future[bytes]) -> None:
        if done is self._latest:
            self.finished.emit(done.result())  # raises here, in the window's thread, what went wrong in the other
