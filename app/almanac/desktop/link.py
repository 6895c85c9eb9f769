"""The window's side of the worker process."""

from __future__ import annotations

import sys
from typing import Any, Literal

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from almanac.worker.messages import (
    Advanced,
    Finished,
    Inbox,
    Message,
    MetBug,
    MetProblem,
    Start,
    Stop,
    WasStopped,
    packed,
)

STOP_PATIENCE_MS = 800  # then the process is ended: Stop takes at most a second
Name = Literal["check", "preview", "forecast", "export"]


class WorkerLink(QObject):
    """Starts the worker, hands it one job at a time, and starts it again when it dies."""

    advanced = Signal(object)
    finished = Signal(object)
    stopped = Signal()
    met_problem = Signal(object)
    met_bug = Signal(str)
    crashed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy = False
        self._closing = False
        self._stopping = False
        self._inbox = Inbox()
        self._process: QProcess | None = None
        self._patience = QTimer(self, singleShot=True, interval=STOP_PATIENCE_MS)
        self._patience.timeout.connect(self._end_process)

    @property
    def process_id(self) -> int:
        return int(self._process.processId()) if self._process is not None else 0

    def open(self) -> None:
        """Start the process, if it does not run yet."""
        if self._process is not None:
            return
        frozen = bool(getattr(sys, "frozen", False))
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["--worker"] if frozen else ["-m", "almanac.worker"])
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_end)
        self._inbox, self._process = Inbox(), process
        process.start()

    def start(self, name: Name, *arguments: Any) -> None:
        """Begin a job. Raises ``RuntimeError`` while another one runs."""
        if self.busy:
            raise RuntimeError("the worker does one job at a time")
        self.open()
        self.busy, self._stopping = True, False
        self._send(Start(name, arguments))

    def stop(self) -> None:
        """Stop the job: kindly at first, after a moment by ending the process."""
        if self.busy and not self._stopping:
            self._stopping = True
            self._send(Stop())
            self._patience.start()

    def close(self) -> None:
        """End the process and wait for it."""
        self._closing = True
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.closeWriteChannel()
        if self.busy or not process.waitForFinished(1500):
            process.kill()
            process.waitForFinished(3000)

    def _send(self, message: Message) -> None:
        assert self._process is not None
        self._process.write(packed(message))

    def _read(self) -> None:
        if self._process is None:
            return
        for message in self._inbox.take(bytes(self._process.readAllStandardOutput().data())):
            self._receive(message)

    def _receive(self, message: Message) -> None:
        if isinstance(message, Advanced):
            self.advanced.emit(message.progress)
            return
        self.busy = False
        self._patience.stop()
        if isinstance(message, Finished):
            self.finished.emit(message.result)
        elif isinstance(message, WasStopped):
            self.stopped.emit()
        elif isinstance(message, MetProblem):
            self.met_problem.emit(message.problem)
        elif isinstance(message, MetBug):
            self.met_bug.emit(message.details)

    def _end_process(self) -> None:
        if self._process is not None and self.busy:
            self._process.kill()

    def _on_end(self) -> None:
        if self._closing:
            return
        if self._process is not None:
            self._process.deleteLater()
        self._process = None
        was_busy, self.busy = self.busy, False
        self._patience.stop()
        self.open()
        if self._stopping and was_busy:
            self.stopped.emit()
        else:
            self.crashed.emit()
