"""Preloading after the first paint, so that no later step of the person waits for it."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

SWITCH_INTERVAL_S = 0.0005  # Python's own is 5 ms: the event loop would wait that long for the loading thread
PATIENCE_S = 20.0  # until everything is imported, on a slow computer; chosen by judgement
TURN_MS = 10  # pause between two steps, so that what the person does comes first


def load_modules(loaders: tuple[Callable[[], object], ...]) -> None:
    """Import what ``loaders`` import; runs in its own thread and knows nothing of the window.

    Modules stay for good, so they are hidden from the garbage collector: visiting them all would hold up the event
    loop for 40 ms (measured).
    """
    usual_interval = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    gc.disable()
    try:
        from almanac import workflow

        workflow.load_answers()
        import_module("numpy.ma")  # the first median imports it
        for load in loaders:
            load()
    finally:
        sys.setswitchinterval(usual_interval)
        gc.freeze()
        gc.enable()


class Preloader(QObject):
    """Imports modules in a thread, then runs ``steps`` from the event loop, one per turn: the window responds between
    two ``yield``s."""

    finished = Signal()

    def __init__(self, loaders: tuple[Callable[[], object], ...], steps: Iterator[None], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._thread = threading.Thread(target=load_modules, args=(loaders,), daemon=True)
        self._timer = QTimer(self, interval=TURN_MS)
        self._timer.timeout.connect(self._on_turn)

    @property
    def started(self) -> bool:
        """Whether ``start`` was called."""
        return self._thread.ident is not None

    def start(self) -> None:
        """Start importing; the steps follow."""
        self._thread.start()
        self._timer.start()

    def stop(self) -> None:
        """Run no further step."""
        self._timer.stop()

    def join(self) -> None:
        """Wait for the end of the imports: a thread that still loads a library when Python ends can crash it."""
        if self.started:
            self._thread.join(PATIENCE_S)

    def _on_turn(self) -> None:
        """Run the next step once everything is imported.

        Until then nothing is touched: the thread must never be the last to hold a part of the window.
        """
        if self._thread.is_alive():
            return
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
            self.finished.emit()
