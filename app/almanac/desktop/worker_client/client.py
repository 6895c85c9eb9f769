"""The window's side of the worker process."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal

from almanac.worker.messages import (
    Advanced,
    Finished,
    Inbox,
    Message,
    MetBug,
    MetProblem,
    Name,
    Start,
    Stop,
    WasStopped,
    packed,
)

STOP_PATIENCE_MS = 800  # then the process is ended: Stop takes at most a second
CLOSE_PATIENCE_MS = 1500
SOON_MS = 3000  # a process that ends sooner, several times over, would only end again
MOST_RESTARTS = 3


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
        self._held = False
        self._short_lives = 0
        self._alive = QElapsedTimer()
        self._inbox = Inbox()
        self._process: QProcess | None = None
        self._patience = QTimer(self, singleShot=True, interval=STOP_PATIENCE_MS)
        self._patience.timeout.connect(self._end_process)

    @property
    def process_id(self) -> int:
        return int(self._process.processId()) if self._process is not None else 0

    def open(self) -> None:
        """Start the process, if it does not run yet."""
        if self._process is not None or self._closing:
            return
        frozen = bool(getattr(sys, "frozen", False))
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["--worker"] if frozen else ["-m", "almanac.worker"])
        # What libraries print goes where ours goes; a pipe that no one reads would block the worker.
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_end)
        process.errorOccurred.connect(self._on_fault)
        self._inbox, self._process = Inbox(), process
        self._alive.start()
        process.start()

    def hold(self) -> None:
        """Leave what arrives unread: taking it in would wait for modules that another thread is still loading."""
        self._held = True

    def release(self) -> None:
        """Read on."""
        self._held = False
        self._read()

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
        """End the process and wait for it; an unfinished job ends with it."""
        self._closing = True
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.closeWriteChannel()
        if self.busy or not process.waitForFinished(CLOSE_PATIENCE_MS):
            process.kill()
            process.waitForFinished(CLOSE_PATIENCE_MS)
        self.busy = False

    def _send(self, message: Message) -> None:
        if self._process is not None:
            self._process.write(packed(message))

    def _read(self) -> None:
        if self._process is None or self._held:
            return
        for message in self._inbox.take(bytes(self._process.readAllStandardOutput().data())):
            self._receive(message)

    def _receive(self, message: Message) -> None:
        if isinstance(message, Advanced):
            self.advanced.emit(message.progress)
            return
        self.busy = False
        self._short_lives = 0
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

    def _on_fault(self, fault: QProcess.ProcessError) -> None:
        if fault == QProcess.ProcessError.FailedToStart:  # then ``finished`` never comes
            self._on_end()

    def _on_end(self) -> None:
        if self._closing or self._process is None:
            return
        self._process.deleteLater()
        self._process = None
        was_busy, self.busy = self.busy, False
        stopped = was_busy and self._stopping
        self._patience.stop()
        self._short_lives = self._short_lives + 1 if self._alive.elapsed() < SOON_MS and not stopped else 0
        if self._short_lives < MOST_RESTARTS:
            self.open()
        if stopped:
            self.stopped.emit()
        else:
            self.crashed.emit()
