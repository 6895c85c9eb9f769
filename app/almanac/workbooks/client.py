"""This program's side of the process that reads a workbook.

Starting one takes 50 ms: after a small workbook it is kept for the next one.
"""

from __future__ import annotations

import atexit
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from almanac.core.system import own_process
from almanac.core.system.bounds import TIME_IS_UP_ON_WINDOWS, physical_memory
from almanac.workbooks.hidden_parts import Hidden
from almanac.workbooks.messages import Cell, RefusedError, ask, read_answer, unpack
from almanac.workbooks.serve import ARGUMENT, MAX_BYTES_KEPT

_MEGABYTE = 1 << 20
_SHARE_OF_MEMORY, _MAX_MEMORY = 4, 1280 * _MEGABYTE
_MIN_SECONDS, _MAX_SECONDS = 8, 20
_ABORTED_ON_WINDOWS = 0xC0000409  # what a library in Rust does when there is no memory left
_TOO_MUCH_MEMORY = "Taking it apart needs more than {} MB of memory."
_TOO_MUCH_TIME = "Taking it apart takes more than {} seconds."


@dataclass(frozen=True)
class Bounds:
    """What taking apart one workbook may use: bytes of memory, seconds of a processor."""

    memory: int
    seconds: int


def usual_bounds(size: int) -> Bounds:
    """The bounds for a workbook of so many bytes.

    A quarter of the computer's memory, at most 1,280 MB: the largest workbook within the other limits needs less. Eight
    seconds and one for each megabyte, at most 20: a megabyte of XLSX takes a fifth of a second (measured).
    """
    memory = min(physical_memory() // _SHARE_OF_MEMORY, _MAX_MEMORY)
    return Bounds(memory, min(_MIN_SECONDS + size // _MEGABYTE, _MAX_SECONDS))


KEEPS_IDLE = sys.platform != "win32"  # it has its last workbook open, and Windows lets nobody replace such a file
_IDLE: list[subprocess.Popen[bytes]] = []  # at most one, that waits for the next workbook


def _take_idle() -> subprocess.Popen[bytes] | None:
    process = _IDLE.pop() if _IDLE else None
    if process is None or process.poll() is None:
        return process
    _end(process)  # something else has ended it
    return None


def end_idle() -> None:
    """End the process that waits for the next workbook, if there is one."""
    while _IDLE:
        _end(_IDLE.pop())


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # it was gone before it had the last question
            pipe.close()  # pyrefly: ignore[missing-attribute]


atexit.register(end_idle)


class WorkbookProcess:
    """One open workbook in a separate process.

    Every method raises RefusedError when the workbook is damaged, protected or too large, or took the process down.
    """

    def __init__(self, path: Path, bounds: Bounds | None = None) -> None:
        size = path.stat().st_size
        self._bounds = bounds or usual_bounds(size)
        self._is_small = size <= MAX_BYTES_KEPT
        self._process = _take_idle() or own_process.start(own_process.command(ARGUMENT))
        self._is_idle = True  # it has answered everything
        self.names: list[str]
        self.visible: list[str]
        try:
            self.names, self.visible = self._ask("open", str(path), self._bounds.memory, self._bounds.seconds)
        except BaseException:
            self.close()
            raise

    def rows(self, name: str, most: int | None = None) -> tuple[list[list[Cell]], int]:
        """The cells of a sheet, or of its first ``most`` rows, and how many rows it has.

        Rows may be shorter than others: cells to the right of them are blank.
        """
        cells: list[list[Cell]] = []
        self._send("rows", name, most)
        while (found := self._receive())[0] != "end":
            cells += unpack(found[1]) if found[0] == "rows" else [[] for _ in range(found[1])]
        self._is_idle = True
        return cells, found[1]

    def size(self, name: str) -> tuple[int, int]:
        """Rows and columns of a sheet, from its first used line to its last."""
        height, width = self._ask("size", name)
        return height, width

    def hidden(self, name: str) -> Hidden:
        """The hidden rows and columns of a sheet."""
        return Hidden(*self._ask("hidden", name))

    def close(self) -> None:
        """Keep the process for the next workbook, or end it, whatever it is doing."""
        if KEEPS_IDLE and self._is_idle and self._is_small and not _IDLE:
            _IDLE.append(self._process)
        else:
            _end(self._process)

    def _ask(self, *question: object) -> tuple[Any, ...]:
        self._send(*question)
        answer = self._receive()[1:]
        self._is_idle = True
        return answer

    def _send(self, *question: object) -> None:
        self._is_idle = False
        try:
            ask(self._process.stdin, question)  # pyrefly: ignore[bad-argument-type]
        except OSError as cause:
            raise self._death() from cause

    def _receive(self) -> tuple[Any, ...]:
        try:
            found = read_answer(self._process.stdout)  # pyrefly: ignore[bad-argument-type]
        except (EOFError, OSError, pickle.UnpicklingError) as cause:
            raise self._death() from cause
        if found[0] == "refused":
            self._is_idle = True
            raise RefusedError(found[1], found[2])
        return found

    def _death(self) -> RefusedError:
        """What the end of the process says about the workbook."""
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:  # it lives, and talks nonsense
            return RefusedError("damaged")
        if code in _TIME_IS_UP:
            return RefusedError("too_slow", _TOO_MUCH_TIME.format(self._bounds.seconds))
        if code in _ABORTED:
            return RefusedError("too_large", _TOO_MUCH_MEMORY.format(self._bounds.memory // _MEGABYTE))
        return RefusedError("damaged")


if sys.platform == "win32":
    _TIME_IS_UP, _ABORTED = {TIME_IS_UP_ON_WINDOWS}, {_ABORTED_ON_WINDOWS}
else:
    _TIME_IS_UP = {-signal.SIGXCPU}
    _ABORTED = {-signal.SIGABRT, -signal.SIGKILL}  # the system itself kills what takes the last of its memory
