"""Makes the printable report beside the event loop: laying out a page takes longer than a person should wait."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult


class ReportMaker(QObject):
    """``made`` gives the finished page as bytes."""

    made = Signal(object)
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._making: Future[bytes] | None = None
        self._done.connect(self._hand_over)

    def make(self, result: ForecastResult, i: int) -> None:
        """Begin the page about a forecast with the picture of series ``i``; the latest wish counts."""
        from almanac.desktop.report.document import pdf

        thread = ThreadPoolExecutor(max_workers=1)
        self._making = thread.submit(pdf, result, i)
        self._making.add_done_callback(self._done.emit)  # Qt takes it over to the window's own thread
        thread.shutdown(wait=False)

    def wait(self) -> None:
        """Until the page that is being made is done."""
        if self._making is not None:
            wait([self._making])

    def _hand_over(self, made: Future[bytes]) -> None:
        if made is self._making:
            self.made.emit(made.result())  # what went wrong goes on from here, in the window's thread
