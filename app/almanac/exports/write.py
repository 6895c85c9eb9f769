"""Choose the format by the file's ending, and never leave half a file behind."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from almanac.core.jobs import Job
from almanac.core.problems import Problem, ProblemError, stop_with
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.phrases import RangeSupport
from almanac.wording.trust_sections import Section

SUFFIXES = (".xlsx", ".csv", ".parquet")


def write(
    path: Path,
    series: SeriesSet,
    forecast: Forecast,
    *,
    findings: tuple[Problem, ...] = (),
    about: tuple[tuple[str, str], ...] = (),
    record: tuple[tuple[str, str], ...] = (),
    checks: tuple[Section, ...] = (),
    standings: tuple[RangeSupport, ...] = (),
    methods: tuple[str, ...] = (),
) -> Job[Path]:
    """Write ``forecast`` to ``path`` and return the path; only the workbook has room for the rest.

    ``standings``: what stands behind the likely range of each series of the forecast, where practice runs told;
    ``methods``: by what each of them is forecast, where that is not the model for all.
    The file appears whole or not at all: it is written beside and then moved into place. Raises ``ProblemError``
    when the ending is unknown, or the place cannot be written to.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise stop_with(
            "unknown_format",
            f"Almanac cannot save as “{path.suffix or path.name}”.",
            "The ending of the name says which kind of file to write.",
            "Choose a name that ends in .xlsx (Excel), .csv or .parquet.",
        )
    with _placed(path) as beside:
        if suffix == ".xlsx":
            from almanac.exports.workbook.book import write_workbook

            yield from write_workbook(beside, series, forecast, findings, about, record, checks, standings, methods)
        else:
            from almanac.exports.tidy import write_csv, write_parquet

            yield from (write_csv if suffix == ".csv" else write_parquet)(beside, forecast)
    return path


def place(path: Path, content: bytes) -> Path:
    """Write what is ready-made (a report) to ``path``; an older file stays as it was unless all went well.

    Raises ``ProblemError`` when it cannot be saved.
    """
    with _placed(path) as beside:
        beside.write_bytes(content)
    return path


@contextmanager
def _placed(path: Path) -> Iterator[Path]:
    """A temporary file in the same folder that takes ``path``'s place when the block ends well."""
    beside: Path | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        beside = Path(name)
        yield beside
        beside.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        beside.replace(path)
    except OSError as reason:
        raise _cannot_save(path, reason) from reason
    except Exception as reason:
        if type(reason).__name__ == "FileCreateError":  # XlsxWriter's wrapper around an OSError
            raise _cannot_save(path, OSError(errno.EIO, str(reason))) from reason
        raise
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cannot_save(path: Path, reason: OSError) -> ProblemError:
    kept = " The file that was there before is as it was." if path.is_file() else ""
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
