"""One real worker process that the windows of many tests use in turn: it keeps no state between jobs.

Starting one takes a second, most of the time of many tests. What is about starting, ending or the log uses its own.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject
from tests.processes import SHARED

from almanac.desktop.worker_client.process import WorkerProcess


class LentProcess(WorkerProcess):
    """A worker process that a window takes for its own: it starts once, and goes on when a window closes it."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__(None, environment)
        self.closed = False

    def start(self) -> bool:
        self.closed = False
        if not self.runs:
            super().start()
            SHARED.add(self.process_id)
        return True

    def close_input(self) -> None:
        self.closed = True
        self.received.disconnect()
        self.ended.disconnect()
        self.setParent(None)  # the window ends, this goes on

    def wait(self, milliseconds: int) -> bool:
        return self.closed or super().wait(milliseconds)

    def kill(self) -> None:
        """End it for good: it is busy, or does not stop in time."""
        self.closed = False
        super().kill()

    def end(self) -> None:
        super().close_input()
        super().wait(30_000)


class SharedWorker:
    """Lends its process to one window at a time, with the settings and the temporary folder of the running test."""

    def __init__(self, folder: Path, keeps_work: bool = False) -> None:
        self._state, self._scratch = folder / "state", folder / "scratch"
        self._history = "on" if keeps_work else "off"
        self._process: LentProcess | None = None

    def use(self, state: Path, scratch: Path) -> None:
        """From now on these are the folders of the worker."""
        for link, target in ((self._state, state), (self._scratch, scratch)):
            if link.is_symlink():
                (os.rmdir if os.name == "nt" else os.unlink)(link)
            link.symlink_to(target, target_is_directory=True)

    def lend(self, parent: QObject) -> WorkerProcess:
        """Return the process, running or, when the last one was killed, a new one."""
        if self._process is None or not self._process.runs:
            folders = {"ALMANAC_STATE": str(self._state), "TMPDIR": str(self._scratch)}
            self._process = LentProcess(os.environ | folders | {"ALMANAC_HISTORY": self._history})
        self._process.setParent(parent)
        return self._process

    def end(self) -> None:
        if self._process is not None:
            self._process.end()
