"""What the later pages need, loaded beside the event loop so that no step of the person waits for it."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

HASTE_S = 0.0005
TURN_MS = 10  # between turns, so that what the person does comes first
PAGES = (
    "pages.data.page",
    "pages.forecast.page",
    "pages.trust.page",
    "pages.export",
    "charts.fan",
    "report.document",
)  # what is needed first comes first


def load_ahead() -> None:
    """Run in a thread of its own, which knows nothing of the window.

    Modules stay for good, so they are kept out of the garbage collector's sight: looking through all of them would hold
    the event loop up for 40 ms.
    """
    patience = sys.getswitchinterval()
    sys.setswitchinterval(HASTE_S)  # the event loop must not wait for a thread that is in no hurry
    gc.disable()
    try:
        from almanac import workflow

        workflow.load_answers()
        import_module("numpy.ma")  # the first median of all brings it in
        for name in PAGES:
            import_module(f"almanac.desktop.{name}")
    finally:
        sys.setswitchinterval(patience)
        gc.freeze()
        gc.enable()


class Ahead(QObject):
    """Loads what the first paint did not need, then takes ``turns``, such as making a page, one at a turn of the event
    loop: the window answers in between."""

    over = Signal()

    def __init__(self, turns: Sequence[Callable[[], None]], parent: QObject) -> None:
        super().__init__(parent)
        self._turns = list(turns)
        self._loader = threading.Thread(target=load_ahead, daemon=True)
        self._watch = QTimer(self, interval=TURN_MS)
        self._watch.timeout.connect(self._take_turn)

    @property
    def begun(self) -> bool:
        return self._loader.ident is not None

    def begin(self) -> None:
        self._loader.start()
        self._watch.start()

    def stop(self) -> None:
        self._watch.stop()

    def hurry(self, leave: int = 0) -> None:
        """Take the turns that are still to come at once, but for the last ``leave``."""
        while len(self._turns) > leave:
            self._turns.pop(0)()

    def _take_turn(self) -> None:
        """The loading thread knows nothing of the window: it must never be the last to hold it."""
        if self._loader.is_alive():
            return
        if self._turns:
            self._turns.pop(0)()
        else:
            self._watch.stop()
            self.over.emit()
