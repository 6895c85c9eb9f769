"""One real worker process that the windows of many tests use in turn: it keeps no state between jobs.

Starting one takes a second, most of the time of many tests. What is about starting, ending or the log uses its own.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment
from tests.processes import SHARED

from almanac.desktop.worker_client.client import worker_process


class LentProcess(QProcess):
    """A worker process that a window takes for its own: it starts once, and goes on when a window closes it."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__()
        plain = worker_process(self)
        self.setProgram(plain.program())
        self.setArguments(plain.arguments())
        self.setProcessChannelMode(plain.processChannelMode())
        variables = QProcessEnvironment.systemEnvironment()
        for name, value in environment.items():
            variables.insert(name, value)
        self.setProcessEnvironment(variables)
        self.closed = False

    @property
    def runs(self) -> bool:
        return self.state() == QProcess.ProcessState.Running

    def start(self) -> None:  # type: ignore[override]
        self.closed = False
        if not self.runs:
            super().start()
            self.waitForStarted()
            SHARED.add(self.processId())

    def closeWriteChannel(self) -> None:
        self.closed = True
        self.setParent(None)  # the window ends, this goes on

    def waitForFinished(self, msecs: int = 30_000) -> bool:
        return self.closed or super().waitForFinished(msecs)

    def kill(self) -> None:
        """End it for good: it is busy, or does not stop in time."""
        self.closed = False
        super().kill()

    def end(self) -> None:
        super().closeWriteChannel()
        super().waitForFinished()


class SharedWorker:
    """Lends its process to one window at a time, with the settings and the temporary folder of the running test."""

    def __init__(self, folder: Path) -> None:
        self._state, self._scratch = folder / "state", folder / "scratch"
        self._process: LentProcess | None = None

    def use(self, state: Path, scratch: Path) -> None:
        """From now on these are the folders of the worker."""
        for link, target in ((self._state, state), (self._scratch, scratch)):
            link.unlink(missing_ok=True)
            link.symlink_to(target)

    def lend(self, parent: QObject) -> QProcess:
        """Return the process, running or, when the last one was killed, a new one."""
        if self._process is None or not self._process.runs:
            self._process = LentProcess({"ALMANAC_STATE": str(self._state), "TMPDIR": str(self._scratch)})
        self._process.setParent(parent)
        return self._process

    def end(self) -> None:
        if self._process is not None:
            self._process.end()
