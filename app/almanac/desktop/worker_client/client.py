"""The window's side of the worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from almanac.desktop.worker_client.process import WorkerProcess
from almanac.worker.messages import (
    CancelJob,
    JobCancelled,
    JobCrashed,
    JobFailed,
    JobFinished,
    JobProgress,
    Message,
    MessageBuffer,
    StartJob,
    encode,
)

if TYPE_CHECKING:
    from almanac.workflow.use_cases import UseCaseName

# Chosen by judgement: Stop has to work within a second, and closing the window within two.
CANCEL_TIMEOUT_MS = 800
CLOSE_TIMEOUT_MS = 1500
# A worker that dies this soon after its start, this often in a row, would only die again.
QUICK_DEATH_MS = 3000
MAX_QUICK_DEATHS = 3


class WorkerClient(QObject):
    """Starts the worker process, gives it one job at a time, and restarts it when it dies.

    A job ends with one of ``finished`` (its result), ``cancelled``, ``failed`` (a Problem), ``job_crashed`` (a
    traceback) and ``worker_died``.
    """

    progressed = Signal(object)
    finished = Signal(object)
    cancelled = Signal()
    failed = Signal(object)
    job_crashed = Signal(str)
    worker_died = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy = False
        self._closing = False
        self._was_started = False
        self._cancelling = False
        self._reading_paused = False
        self._quick_deaths = 0
        self._uptime = QElapsedTimer()
        self._buffer = MessageBuffer()
        self._unread: list[bytes] = []
        self._process: WorkerProcess | None = None
        self._cancel_timer = QTimer(self, singleShot=True, interval=CANCEL_TIMEOUT_MS)
        self._cancel_timer.timeout.connect(self._kill_job)

    @property
    def process_id(self) -> int:
        """The worker's process id; 0 while there is no process."""
        return self._process.process_id if self._process is not None else 0

    @property
    def was_started(self) -> bool:
        """Whether a worker ever ran."""
        return self._was_started

    def launch(self) -> None:
        """Start the worker process if it is not running."""
        if self._process is not None or self._closing:
            return
        process = WorkerProcess(self)
        process.received.connect(self._on_received)
        process.ended.connect(self._on_process_ended)
        self._buffer, self._process = MessageBuffer(), process
        self._unread.clear()
        self._uptime.start()
        if process.start():
            self._was_started = True
        else:
            QTimer.singleShot(0, self, self._on_process_ended)

    def pause_reading(self) -> None:
        """Leave messages unread: decoding them would wait for modules that another thread is still importing."""
        self._reading_paused = True

    def resume_reading(self) -> None:
        """Read the messages that arrived in the meantime, and all later ones."""
        self._reading_paused = False
        self._read()

    def start_job(self, name: UseCaseName, *arguments: Any) -> None:
        """Start a job. Raises ``RuntimeError`` while another one is running."""
        if self.busy:
            raise RuntimeError("the worker runs one job at a time")
        self.launch()
        self.busy, self._cancelling = True, False
        self._send(StartJob(name, arguments))

    def cancel_job(self) -> None:
        """Ask the job to stop; kill the process if it does not stop in time."""
        if self.busy and not self._cancelling:
            self._cancelling = True
            self._send(CancelJob())
            self._cancel_timer.start()

    def close(self) -> None:
        """End the process and wait for it; an unfinished job ends with it."""
        self._closing = True
        self._cancel_timer.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.close_input()
        if self.busy or not process.wait(CLOSE_TIMEOUT_MS):
            process.kill()
            process.wait(CLOSE_TIMEOUT_MS)
        self.busy = False

    def _send(self, message: Message) -> None:
        if self._process is not None:
            self._process.send(encode(message))

    def _on_received(self, piece: bytes) -> None:
        if self._process is not None and self.sender() is self._process:
            self._unread.append(piece)
            self._read()

    def _read(self) -> None:
        if self._reading_paused:
            return
        pieces, self._unread = self._unread, []
        for message in self._buffer.feed(b"".join(pieces)):
            self.receive(message)

    def receive(self, message: Message) -> None:
        """Emit the signal that belongs to a message of the worker."""
        if isinstance(message, JobProgress):
            self.progressed.emit(message.progress)
            return
        self.busy = False
        self._quick_deaths = 0
        self._cancel_timer.stop()
        if isinstance(message, JobFinished):
            self.finished.emit(message.result)
        elif isinstance(message, JobCancelled):
            self.cancelled.emit()
        elif isinstance(message, JobFailed):
            self.failed.emit(message.problem)
        elif isinstance(message, JobCrashed):
            self.job_crashed.emit(message.details)

    def _kill_job(self) -> None:
        if self._process is not None and self.busy:
            self._process.kill()

    def _on_process_ended(self) -> None:
        if self._closing or self._process is None:
            return
        self._process.wait(CLOSE_TIMEOUT_MS)  # it has ended: its threads follow at once
        self._process.deleteLater()
        self._process = None
        was_busy, self.busy = self.busy, False
        cancelled = was_busy and self._cancelling
        self._cancel_timer.stop()
        died_quickly = self._uptime.elapsed() < QUICK_DEATH_MS and not cancelled
        self._quick_deaths = self._quick_deaths + 1 if died_quickly else 0
        if self._quick_deaths < MAX_QUICK_DEATHS:
            self.launch()
        if cancelled:
            self.cancelled.emit()
        else:
            self.worker_died.emit()
