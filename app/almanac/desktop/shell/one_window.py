"""One window for each person and display: a second start hands its file to the first window and ends.

The first start holds a lock and watches a folder of the person's; a second one puts a note into it and waits until the
note is gone. No socket and no pipe with a name: Qt's network library is not shipped, and nobody else can leave a note.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from almanac.core.system import paths
from almanac.core.system.locks import try_to_hold

MAX_WAIT_S = 6.0  # a window that is just being opened on a slow computer takes notes after this; chosen by judgement
MAX_WAIT_FOR_CLOSE_S = 30.0  # and until a window that an installer asks to close has ended; chosen by judgement
LOOK_AGAIN_S = 0.02
ASK_AGAIN_MS = 300  # while a dialog is open, which has to be answered first
NOTE = ".json"
ANY_PROCESS = -1  # ASFW_ANY of Windows


@dataclass(frozen=True)
class Note:
    """What a second start wants: a file opened, with the desktop's permission to come to the front, or an end."""

    file: str = ""
    token: str = ""
    close: bool = False  # an installer is about to replace the program


NOTHING = Note()  # the window is only to be shown


class OneWindow(QObject):
    """The right to be the only window. ``asked`` carries each ``Note`` of a later start."""

    asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = paths.state() / "windows" / _display()
        self._lock: int | None = None  # the open file that is held
        self._watcher: QFileSystemWatcher | None = None
        self._waiting: list[Note] = []
        self._again = QTimer(self, interval=ASK_AGAIN_MS)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._pass_on)

    def claim(self, note: Note = NOTHING) -> bool:
        """Whether this start is to open a window; otherwise the window that is open has taken the note."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._try_lock():
                return True
            seconds = MAX_WAIT_FOR_CLOSE_S if note.close else MAX_WAIT_S
            return not self._hand_over(replace(note, token=_permission()), seconds)
        except OSError:
            return True  # nothing can be kept here: then each start has its window

    @property
    def held(self) -> bool:
        """Whether later starts find this window."""
        return self._lock is not None

    def wait_for_end(self, seconds: float) -> bool:
        """Wait until the window that is open has ended; False when it has not within so many seconds."""
        end = time.monotonic() + seconds
        while not self._try_lock():
            if time.monotonic() > end:
                return False
            time.sleep(LOOK_AGAIN_S)
        self._unlock()
        return True

    def listen(self) -> None:
        """Take notes from now on, and those that are there."""
        if not self.held:
            return
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._take_notes)
        self._take_notes()

    def release(self) -> None:
        """Let the next start have its window."""
        self._again.stop()
        if self._watcher is not None:
            self._watcher.directoryChanged.disconnect()
            self._watcher.removePaths(self._watcher.directories())
            self._watcher = None
        self._unlock()

    def _try_lock(self) -> bool:
        """Hold the place; False where another window does. Raises OSError where no file can be written or held."""
        lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if try_to_hold(lock):
                self._lock, lock = lock, -1
        finally:
            if lock >= 0:
                os.close(lock)
        return self.held

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _hand_over(self, note: Note, seconds: float) -> bool:
        """Leave a note, and wait until it is taken; False where the other window has gone or does not respond."""
        path = self._folder / f"{os.getpid()}{NOTE}"
        unfinished = path.with_suffix(".part")
        try:
            unfinished.write_text(json.dumps(asdict(note)), encoding="utf-8")
            unfinished.replace(path)
        except OSError:
            return False
        end = time.monotonic() + seconds
        while path.exists():
            if self._try_lock():  # the other window has ended just now, perhaps because of this note
                taken = _was_taken(path)
                if taken:
                    self._unlock()
                return taken
            if time.monotonic() > end:
                return _was_taken(path)
            time.sleep(LOOK_AGAIN_S)
        return True

    def _take_notes(self) -> None:
        for path in sorted(self._folder.glob(f"*{NOTE}")):
            with suppress(OSError, ValueError, TypeError):  # it is gone again, or no note of ours
                note = Note(**json.loads(path.read_text(encoding="utf-8")))
                path.unlink()
                self._waiting.append(note)
        self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            if QApplication.activeModalWidget() is not None:
                self._again.start()
                return
            self.asked.emit(self._waiting.pop(0))


def close_window() -> bool:
    """Ask the window that is open, if one is, to close; False when it stays, because something is not saved."""
    place = OneWindow()
    if place.claim(Note(close=True)):
        place.release()
        return True
    return place.wait_for_end(MAX_WAIT_FOR_CLOSE_S)


def _was_taken(path: Path) -> bool:
    """Take a note back; whether somebody had taken it already."""
    try:
        path.unlink()
    except OSError:
        return True
    return False


def _display() -> str:
    """A short name for the display of this session: a window on another one would help nobody."""
    shown = "|".join(os.environ.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY", "SESSIONNAME"))
    return sha256(shown.encode()).hexdigest()[:12]


def _permission() -> str:
    """Let the other window come to the front: on Wayland by the token that is returned, on Windows by allowing it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(ANY_PROCESS)
    return os.environ.get("XDG_ACTIVATION_TOKEN", "")
