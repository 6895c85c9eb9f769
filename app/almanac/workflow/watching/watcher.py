"""Notices when a watched file has been saved: once for each whole new content, however the program saves it.

By polling, which works on network drives too: what is asked each time is the state of one file, never its content.
Programs save in many ways: a new file takes the place of the old one (Excel, LibreOffice), the old one is emptied and
written again (editors, exports), the file is gone for a while (synchronised folders). So a file is read only once it
has stopped changing, and counts as new only when it is whole and its content is another one.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Protocol

PAUSE = 0.5  # seconds between looks: with ``QUIET`` a save is noticed within a second
QUIET = 0.4  # seconds without a change before a file is read
# Seconds for a file that a program has open, or that ends in the middle of a line: it may only be pausing.
LONG_QUIET = 1.5
CLOCK_STEP = 2.0  # seconds: the coarsest time stamps of common file systems (FAT); by them a second save is not seen
MAX_PAUSE = 60.0  # seconds before what is not whole and does not change is read again
_CHUNK = 1 << 20
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")


class Stop(Protocol):
    """Such as ``threading.Event``: ``wait`` returns True once the watching is to end."""

    def wait(self, timeout: float) -> bool:
        """Wait so many seconds, or less when it is to end."""
        ...


@dataclass(frozen=True)
class _State:
    """What changes when a file is written to or replaced: which file it is, its size, when it was last written."""

    device: int
    inode: int
    size: int
    written_ns: int


@dataclass(frozen=True)
class _Content:
    sha256: str
    is_whole: bool
    ends_a_line: bool


class Watcher:
    """Watches one file. ``sha256``: of the content that is known already; empty to take what is there at first."""

    def __init__(self, path: Path, sha256: str = "") -> None:
        self.path = Path(path)
        self._known = sha256
        self._state: _State | None = None
        self._changed_at = 0.0  # when this state was first seen
        self._settled = False  # whether this state has been read
        self._read_again_at: float | None = None
        self._broken = 0  # how often this state was read and was not whole
        self._is_first = not sha256

    def changes(self, stop: Stop) -> Iterator[Path]:
        """Yield the path each time that the file has a new content, until ``stop`` says so."""
        from time import monotonic

        while True:
            if self.look(monotonic()):
                yield self.path
            if stop.wait(PAUSE):
                return

    def look(self, now: float) -> bool:
        """Look once; ``now`` in seconds. True once for each whole new content."""
        state = self._look_up()
        if state != self._state:
            self._state, self._changed_at, self._settled = state, now, False
            self._read_again_at, self._broken = None, 0
        if state is None or state.size == 0:
            return False
        if self._settled and not self._is_time_to_read_again(now):
            return False
        if now - self._changed_at < (LONG_QUIET if self._is_open_elsewhere() else QUIET):
            return False
        return self._read(state, now)

    def _look_up(self) -> _State | None:
        """None while the file is not there, or the drive it is on is not."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return _State(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def _is_open_elsewhere(self) -> bool:
        """Whether the files are there that Excel and LibreOffice keep next to a workbook that is open."""
        folder, name = self.path.parent, self.path.name
        # Excel cuts the beginning of longer names.
        locks = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
        try:
            return any((folder / lock).exists() for lock in locks)
        except OSError:
            return False

    def _is_time_to_read_again(self, now: float) -> bool:
        return self._read_again_at is not None and now >= self._read_again_at

    def _read(self, state: _State, now: float) -> bool:
        """Read the content, and say whether it is whole, stayed the same meanwhile, and is new."""
        content = self._content()
        if content is None or self._look_up() != state:
            return False  # look again next time: it is locked or being written
        if not content.is_whole:
            self._settled, self._broken = True, self._broken + 1
            self._read_again_at = now + min(LONG_QUIET * 2**self._broken, MAX_PAUSE)
            return False
        if not content.ends_a_line and now - self._changed_at < LONG_QUIET:
            return False
        if not self._settled or self._broken:  # a second save within one tick of the clock would leave the same state
            self._read_again_at = now + CLOCK_STEP
        else:
            self._read_again_at = None
        self._settled, self._broken = True, 0
        is_new = content.sha256 != self._known and not self._is_first
        self._known, self._is_first = content.sha256, False
        return is_new

    def _content(self) -> _Content | None:
        """What is in the file now; None when it cannot be read."""
        digest, head, tail = hashlib.sha256(), b"", b""
        try:
            with self.path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    head = head or chunk[:4]
                    tail = chunk[-1:]
                    digest.update(chunk)
                is_archive = head in _ARCHIVES
                whole = zipfile.is_zipfile(file) and _has_directory(file) if is_archive else bool(head)
        except (OSError, zipfile.BadZipFile):
            return None
        return _Content(digest.hexdigest(), whole, is_archive or tail in (b"\n", b"\r", b"\0"))


def _has_directory(file: BufferedReader) -> bool:
    """Whether the list of contents of an archive, which is written last, is complete."""
    with zipfile.ZipFile(file) as archive:
        return bool(archive.namelist())
