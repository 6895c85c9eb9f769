"""``almanac --self-test`` in a separate process, line by line, while the window goes on."""

from __future__ import annotations

import subprocess
import threading

from PySide6.QtCore import QObject, Signal

from almanac.core.system import own_process

PATIENCE_S = 5.0  # until a process that was ended is gone


class SelfTest(QObject):
    """One run. ``reported`` carries a line, ``ended`` the exit code; a thread emits both, and Qt passes them on."""

    reported = Signal(str)
    ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Start it; False where the system cannot."""
        try:
            self._process = subprocess.Popen(
                own_process.command("--self-test"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                creationflags=own_process.NO_CONSOLE,
            )
        except OSError:
            return False
        self._thread = threading.Thread(target=self._read, args=(self._process,), daemon=True, name="self-test")
        self._thread.start()
        return True

    def stop(self) -> None:
        """End it, if it still runs."""
        if self._process is not None and self._thread is not None:
            self._process.kill()
            self._thread.join(PATIENCE_S)

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.reported.emit(line.rstrip())
        self.ended.emit(process.wait())
