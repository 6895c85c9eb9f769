"""Save a file whole or not at all, and never onto a file that was read."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from almanac.core.jobs import Job
from almanac.core.problems import ProblemError, stop_with
from almanac.core.system.unfinished import temporary_file
from almanac.exports.content import ExportContent
from almanac.exports.formats import format_of
from almanac.exports.inputs import refuse_input


def write(path: Path, content: ExportContent, inputs: Sequence[Path]) -> Job[Path]:
    """Write ``content`` to ``path`` in the format of its ending, and return the path.

    The file appears whole or not at all: it is written under another name and then moved into place. ``inputs``:
    the files that the content was made from. Raises ``ProblemError`` when ``path`` is one of them, when its ending is
    unknown, or when the file cannot be saved there.
    """
    output_format = format_of(path)
    with moved_into_place(path, inputs) as temporary:
        yield from output_format.write(temporary, content)
    return path


def save_bytes(path: Path, content: bytes, inputs: Sequence[Path]) -> Path:
    """Write bytes that are ready (a report) to ``path``; an older file stays as it was unless all went well.

    ``inputs``: the files that they were made from. Raises ``ProblemError`` when ``path`` is one of them, or when it
    cannot be saved.
    """
    with moved_into_place(path, inputs) as temporary:
        temporary.write_bytes(content)
    return path


def refuse_target(path: Path, inputs: Sequence[Path]) -> None:
    """Raises ``ProblemError`` when no file can be saved at ``path``: before the work whose result goes there."""
    refuse_input(path, inputs)
    try:
        _require_writable(path)
    except OSError as reason:
        raise _cannot_save(path, reason) from reason


@contextmanager
def moved_into_place(path: Path, inputs: Sequence[Path]) -> Generator[Path]:
    """A temporary file in the same folder that replaces ``path`` when the block ends well; never one of ``inputs``.

    Of a link, the file that it leads to is replaced.
    """
    refuse_input(path, inputs)
    try:
        _require_writable(path)
        target = path.resolve()
        with temporary_file(target) as temporary:
            yield temporary
            temporary.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
            _to_disk(temporary)
            refuse_input(path, inputs)  # again: files may have been moved or linked while this one was written
            temporary.replace(target)
    except OSError as reason:
        raise _cannot_save(path, reason) from reason
    except Exception as reason:
        if type(reason).__name__ == "FileCreateError":  # XlsxWriter's wrapper around an OSError
            raise _cannot_save(path, OSError(errno.EIO, str(reason))) from reason
        raise


def _to_disk(path: Path) -> None:
    """Wait until what was written is on the disk: the older file must not go before."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _require_writable(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cannot_save(path: Path, reason: OSError) -> ProblemError:
    kept = " The file that was there before is unchanged." if path.is_file() else ""
    what = f"“{path.name}” could not be saved.{kept}"
    if reason.errno in (errno.ENOSPC, errno.EDQUOT):
        return stop_with("disk_full", what, "The disk is full.", "Free some space, or save to another disk.")
    if reason.errno == errno.ENOENT:
        why, fix = f"There is no folder “{path.parent}”.", "Choose a folder that exists."
        return stop_with("no_such_folder", what, why, fix)
    if reason.errno == errno.EISDIR:
        return stop_with("is_a_folder", what, "A folder has that name already.", "Choose another name.")
    if isinstance(reason, PermissionError):
        why = "You may not write there, or the file is open in another program such as Excel."
        return stop_with("no_permission", what, why, "Close the file in Excel, or save under another name or folder.")
    return stop_with("cannot_save", what, f"The system says: {reason.strerror}.", "Try another folder or disk.")
