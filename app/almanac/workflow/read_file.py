"""Use cases that read a file: check, explain its reading, preview, excerpt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac.core.jobs import Job
from almanac.core.problems import ProblemError

if TYPE_CHECKING:
    from almanac.tables import Preview, ReadFile, ReadingOptions
    from almanac.tables.explain import Step


def reading_options(**chosen: Any) -> ReadingOptions:
    """What a person chose about reading; see ``almanac.tables.ReadingOptions`` for the names."""
    from almanac.tables import ReadingOptions

    return ReadingOptions(**chosen)


def check(path: Path, options: ReadingOptions | None = None) -> Job[ReadFile]:
    """Read a file and understand it; without options as the person corrected it last time, if that fits.

    Raises ``ProblemError`` when there is nothing to forecast in it.
    """
    from almanac import tables

    file = yield from tables.read_corrected(path, options)
    return file if file.reading.sheet is None else replace(file, sheets=tables.sheets(path))


def check_by_record(path: Path, record: Path) -> Job[ReadFile]:
    """Read a file exactly as a saved record says.

    Raises ``ProblemError`` when the file, or what comes out of it, is not what the record was made of.
    """
    from almanac import tables

    saved = tables.read_record(tables.text_of(record))
    file = yield from check(path, saved.options)
    tables.require_same(saved, file)
    return file


def explain_reading(path: Path, options: ReadingOptions | None = None) -> Job[tuple[Step, ...]]:
    """Each step of the reading that ``check`` decides on, with its evidence; a Problem is its last step."""
    from almanac import tables
    from almanac.tables.explain import explain

    try:
        file = yield from tables.read_corrected(path, options)
    except ProblemError:
        return (yield from explain(path, options or tables.ReadingOptions()))
    return (yield from explain(path, file.options))


def preview(path: Path, options: ReadingOptions | None = None) -> Job[Preview]:
    """The first rows, and the role of each column, without reading the whole file."""
    from almanac import tables

    yield from ()
    return tables.preview(path, options or tables.ReadingOptions())


def excerpt(path: Path, sheet: str | None, lines: tuple[int, ...]) -> Job[Preview]:
    """Single lines as they are in the file: what a finding is about."""
    from almanac import tables

    return (yield from tables.excerpt(path, sheet, lines))
