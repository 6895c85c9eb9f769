"""Pauses of the event loop: what a person experiences as a frozen window."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer

# What a test allows. The promise is 50 ms, which ``make bench`` measures; on a busy machine a test can only find much
# longer pauses.
MAX_PAUSE_S = 0.15
_SCHEDULED = Path("/proc/thread-self/schedstat")


class Heartbeat:
    """Beats every 2 ms in the event loop; ``pauses`` are the seconds between two beats, longest first.

    Time in which this thread was ready to run but other programs had the processors does not count (on Linux).
    """

    def __init__(self) -> None:
        self._beats: list[float] = []
        self._pulse = QTimer(interval=2)
        self._pulse.timeout.connect(self._beat)

    def _beat(self) -> None:
        waited = int(_SCHEDULED.read_text().split()[1]) / 1e9 if _SCHEDULED.exists() else 0.0
        self._beats.append(time.perf_counter() - waited)

    def __enter__(self) -> Heartbeat:
        self._pulse.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._pulse.stop()

    @property
    def pauses(self) -> list[float]:
        return sorted((b - a for a, b in zip(self._beats, self._beats[1:], strict=False)), reverse=True)


def best_of_three(longest_pause: Callable[[], float]) -> list[float]:
    """Measure again when the pause was too long: once can be the fault of a busy machine, three times is ours."""
    pauses = [longest_pause()]
    while pauses[-1] >= MAX_PAUSE_S and len(pauses) < 3:
        pauses.append(longest_pause())
    return pauses
