"""A newer file next to the reading before it, to be looked at before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.calendar.frequency import BY_NAME
from almanac.core.jobs import Job, Progress
from almanac.core.problems import ProblemError
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.watching.updates import update_sentences
from almanac.workflow.read_file import check

if TYPE_CHECKING:
    from almanac.tables import ReadFile, ReadingOptions
    from almanac.updates import TableShape, Update

Renamed = tuple[tuple[str, str], ...]  # names of the older reading, each with its name in the newer one
PARTIAL_LAST_PERIOD = "partial_last_period"
UNFINISHED = (PARTIAL_LAST_PERIOD, "low_last_period")  # codes of findings
TOO_FEW_DATES = ("one_date", "one_row")
MIN_DATES = 6  # fewer do not show how often there is a value; chosen by judgement


@dataclass(frozen=True)
class FileComparison:
    """A newer file next to the reading before it. ``read``: the newer one as it was read; ``file``: the same with older
    values that only the reading before has; ``renamed``: the new names that were confirmed.
    """

    before: ReadFile
    read: ReadFile
    file: ReadFile
    update: Update
    renamed: Renamed = ()

    @property
    def same_file(self) -> bool:
        """Whether not a byte of the file has changed."""
        return self.before.reading.sha256 == self.file.reading.sha256

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed, a sentence each, and whether the last period does not look complete."""
        return self.sentences_in(PLAIN)

    def sentences_in(self, formatter: Formatter, *, asks: bool = True) -> tuple[str, ...]:
        """The same, with numbers and dates as a person writes them; ``asks``: with questions about names."""
        noticed = [finding.what for finding in self.read.findings if finding.code in UNFINISHED]
        return (*update_sentences(self.update, formatter, asks=asks), *noticed)


def compare_files(before: Path, path: Path, renamed: Renamed = ()) -> Job[FileComparison]:
    """Compare two files of the same table. Raises ``ProblemError`` when they are not of the same table."""
    return (yield from compare_with_reading((yield from check(before)), path, renamed))


def compare_with_reading(before: ReadFile, path: Path, renamed: Renamed = ()) -> Job[FileComparison]:
    """Read a newer file of the same table, as the one before was read, and compare the two.

    Raises ``ProblemError`` when it has other columns, another frequency, other units or other series.
    """
    file = yield from read_like(before, path)
    yield Progress(0, 0, f"Comparing {path.name} with the values before")
    return compare_readings(before, file, renamed)


def read_like(before: ReadFile, path: Path) -> Job[ReadFile]:
    """Read a newer file of a table with the choices that were made for it, as far as they fit.

    A file with few dates does not show its frequency: it is read with the one before.
    """
    from almanac import tables

    chosen = before.options if before.options != tables.ReadingOptions() else None
    frequency = before.series.frequency.name
    try:
        file = yield from check(path, chosen)
    except ProblemError as stop:
        if stop.problem.code not in TOO_FEW_DATES or frequency not in BY_NAME:
            raise
        return (yield from check(path, _same_columns(before)))
    if has_few_dates(file) and frequency != file.series.frequency.name and frequency in BY_NAME:
        file = yield from check(path, replace(file.options, frequency=frequency))
    return file


def has_few_dates(file: ReadFile) -> bool:
    """Whether a file has too few dates to show its frequency."""
    return int(file.series.lengths.max()) < MIN_DATES


def _same_columns(before: ReadFile) -> ReadingOptions:
    """What it takes to read a single date: the columns and the frequency that were found before."""
    reading = before.reading
    return replace(
        before.options,
        date=reading.date_column,
        values=reading.value_columns,
        series=reading.series_columns,
        frequency=before.series.frequency.name,
    )


def compare_readings(before: ReadFile, file: ReadFile, renamed: Renamed = ()) -> FileComparison:
    """Compare a newer reading with the one before. Raises ``ProblemError`` like ``compare_with_reading``."""
    from almanac import updates

    name = file.reading.file
    updates.require_same_table(shape_of(before), shape_of(file), name)
    found = updates.compare(before.series, file.series, dict(renamed), name, _was_partial(before))
    merged = replace(file, series=updates.merge(before.series, file.series, found))
    return FileComparison(before, file, merged, found, renamed)


def _was_partial(before: ReadFile) -> bool:
    """Whether the last period was noticed not to be over, and kept."""
    return any(finding.code == PARTIAL_LAST_PERIOD and not finding.changed for finding in before.findings)


def shape_of(file: ReadFile) -> TableShape:
    """What the table of a file is made of; columns that are series themselves are not part of it."""
    from almanac.updates import TableShape

    reading = file.reading
    values = reading.value_columns if reading.series_columns else ()
    return TableShape(values, reading.series_columns, file.series.frequency)
