"""The worker process and its pipes: two threads read and write, so that the window never waits for either."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from almanac.core.system import own_process

BYTES_AT_ONCE = 1 << 20
PATIENCE_S = 1.0  # until a thread has seen that its pipe is closed


class WorkerProcess(QObject):
    """One worker process. Its end closes both pipes, and so does the end of the window, however it comes.

    Python starts it, not Qt: the pipes of ``QProcess`` are for overlapped I/O on Windows, which no plain read can use.
    ``received`` and ``ended`` are emitted by a thread; Qt passes them on in the thread of the window.
    """

    received = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None, environment: dict[str, str] | None = None) -> None:
        super().__init__(parent)
        self._environment = environment
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []

    @property
    def process_id(self) -> int:
        """Its number in the system; 0 before it was started."""
        return self._process.pid if self._process is not None else 0

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> bool:
        """Start it; False where the system cannot."""
        try:
            self._process = subprocess.Popen(
                own_process.command("--worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # What libraries print goes where ours goes; a window without a console has no such place.
                stderr=subprocess.DEVNULL if sys.__stderr__ is None else None,
                env=self._environment,
                creationflags=own_process.NO_CONSOLE,
            )
        except OSError:
            return False
        pipes = self._process.stdin, self._process.stdout
        self._threads = [
            threading.Thread(target=self._write, args=pipes[:1], daemon=True, name="to the worker"),
            threading.Thread(target=self._read, args=pipes[1:], daemon=True, name="from the worker"),
        ]
        for thread in self._threads:
            thread.start()
        return True

    def send(self, content: bytes) -> None:
        """Write this, after what is still to be written."""
        self._outbox.put(content)

    def close_input(self) -> None:
        """Let it end once it has read everything."""
        self._outbox.put(None)

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()

    def wait(self, milliseconds: int) -> bool:
        """Wait for its end; whether it has ended."""
        if self._process is None:
            return True
        try:
            self._process.wait(milliseconds / 1000)
        except subprocess.TimeoutExpired:
            return False
        self._outbox.put(None)
        for thread in self._threads:
            thread.join(PATIENCE_S)
        return True

    def _write(self, pipe: BinaryIO) -> None:
        with suppress(OSError), pipe:  # it has ended, and closing writes what is left: the other thread says so
            while (content := self._outbox.get()) is not None:
                pipe.write(content)
                pipe.flush()

    def _read(self, pipe: BinaryIO) -> None:
        with pipe:
            while piece := pipe.read1(BYTES_AT_ONCE):  # pyrefly: ignore[missing-attribute]
                self.received.emit(piece)
        self._outbox.put(None)
        if self._process is not None:
            self._process.wait()
        self.ended.emit()
