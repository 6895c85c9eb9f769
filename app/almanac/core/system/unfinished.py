"""Temporary files while a file is being saved, and what is left of them when a program was killed.

Each is noted in the person's folder while it is written; the note is locked by whoever writes. At the next start, notes
that nobody holds lead to what is to be removed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from almanac.core.system import paths
from almanac.core.system.locks import try_to_hold

_MARK = ".almanac-"  # in the name of every temporary file of ours
_MAX_NOTE_BYTES = 1 << 16


@contextmanager
def temporary_file(target: Path) -> Generator[Path]:
    """An empty file in the folder of ``target``, gone after the block unless it was moved. Raises OSError."""
    path = target.parent / f"{_MARK}{secrets.token_hex(8)}{target.suffix}"
    with _noted(path.absolute()):  # before it is there: a program may be killed in between
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            yield path
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def temporary_folder() -> Generator[Path]:
    """An empty folder among the temporary ones, gone with all that is in it after the block. Raises OSError."""
    path = Path(tempfile.gettempdir()) / f"{_MARK}{secrets.token_hex(8)}"
    with _noted(path.absolute()):
        try:
            path.mkdir(mode=0o700)
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)  # on Windows a scanner of viruses may still read a file


def sweep() -> None:
    """Remove what programs that were killed have left."""
    with suppress(OSError):
        for note in _folder().iterdir():
            with suppress(OSError, ValueError):
                _sweep(note)


def _folder() -> Path:
    return paths.state() / "unfinished"


@contextmanager
def _noted(temporary: Path) -> Generator[None]:
    """Note that a file is being written; nothing is noted where the person's folder cannot be written to."""
    note = _folder() / f"{os.getpid()}-{temporary.name.removeprefix(_MARK)}.note"
    try:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        yield
        return
    try:
        try_to_hold(descriptor)  # nobody else knows the note yet
        os.write(descriptor, os.fsencode(temporary))
        yield
    finally:
        os.close(descriptor)
        note.unlink(missing_ok=True)


def _sweep(note: Path) -> None:
    descriptor = os.open(note, os.O_RDWR)
    try:
        if not try_to_hold(descriptor):
            return  # somebody writes
        temporary = Path(os.fsdecode(os.read(descriptor, _MAX_NOTE_BYTES)))
        if temporary.name.startswith(_MARK):
            shutil.rmtree(temporary, ignore_errors=True) if temporary.is_dir() else temporary.unlink(missing_ok=True)
    finally:
        os.close(descriptor)
    note.unlink()
