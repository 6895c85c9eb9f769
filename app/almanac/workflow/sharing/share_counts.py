"""Use case: from a list of visits or orders to a file of counts that can be shared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.core.entered.kept import KeptStore
from almanac.core.jobs import Job, Progress
from almanac.core.problems import stop_with
from almanac.workflow.read_file import check
from almanac.workflow.sharing.private_counts import MEDIUM, ROWS_PER_PERSON, PrivateCounts, Protection, add_noise

if TYPE_CHECKING:
    from almanac.core.series import SeriesSet
    from almanac.tables import ReadFile, ReadingOptions

_SPENT = KeptStore("shared_summaries.json")  # what summaries of files of one shape have cost, in all


@dataclass(frozen=True)
class Sharing:
    """What to share and where to save it; ``rows_per_person``: how many rows one person may have at most."""

    source: Path
    output: Path
    protection: Protection = MEDIUM
    rows_per_person: int = ROWS_PER_PERSON
    csv_style: CsvStyle = FOR_PROGRAMS


@dataclass(frozen=True, eq=False)
class SharedSummary:
    """A summary that was saved; ``spent``: epsilon of all summaries of such files so far, this one included."""

    path: Path
    series: SeriesSet
    private: PrivateCounts
    protection: Protection
    rows_per_person: int
    spent: float

    def to_dict(self) -> dict[str, Any]:
        """It as plain JSON types, without the counts, which are in the file."""
        return {
            "path": str(self.path),
            "series": len(self.series.names),
            "counts": len(self.private.counts),
            "protection": self.protection.name,
            "rows_per_person": self.rows_per_person,
            "epsilon": self.private.epsilon,
            "spent_epsilon": self.spent,
            "within": self.private.within,
        }


def share_counts(wanted: Sharing, reading: ReadingOptions | None = None) -> Job[SharedSummary]:
    """Count the rows of a list by period and series, add noise, and save the counts.

    Raises ``ProblemError`` when the file is not counted, OpenDP is not installed, or the counts cannot be saved.
    """
    from almanac import exports

    exports.format_of(wanted.output)
    exports.refuse_target(wanted.output, (wanted.source,))
    file = yield from check(wanted.source, _counting(reading))
    _require_counts(file)
    yield Progress(0, 0, "Adding noise that protects each person")
    private = add_noise(file.series, wanted.protection.epsilon, wanted.rows_per_person)
    shape = hashlib.sha256(json.dumps(file.reading.columns, ensure_ascii=False).encode()).hexdigest()
    spent = _spent_before(shape) + private.epsilon
    # Before the file is there: what nobody knows of must not have been spent.
    _SPENT.keep(shape, spent)
    exports.save_table(
        wanted.output, _columns(file.series, private), (wanted.source,), "Shared Counts", wanted.csv_style
    )
    return SharedSummary(wanted.output, file.series, private, wanted.protection, wanted.rows_per_person, spent)


def _counting(reading: ReadingOptions | None) -> ReadingOptions:
    """The options of reading, with the rows counted where the person chose nothing else."""
    from almanac import tables

    chosen = reading or tables.ReadingOptions()
    return chosen if chosen.values else replace(chosen, values=(tables.ROW_COUNT,))


def _require_counts(file: ReadFile) -> None:
    """Raises ``ProblemError`` unless each value is the number of its rows, as they are in the file."""
    from almanac.tables import ROW_COUNT

    if file.reading.value_columns == (ROW_COUNT,) and file.series.raw_values is None:
        return
    raise stop_with(
        "not_counted",
        f"{file.reading.file} is not a list whose rows are counted, so nothing was shared.",
        "One row must change a number by 1 at most, so that noise can hide it; amounts have no such limit.",
        "Leave out --value and --repair, so that the rows themselves are counted: visits, orders, tickets.",
    )


def _spent_before(shape: str) -> float:
    """Epsilon of the summaries of such files before this one."""
    with suppress(KeyError, TypeError, ValueError):  # none yet, or an entry that somebody changed
        return max(float(_SPENT.entry(shape)), 0.0)
    return 0.0


def _columns(series: SeriesSet, private: PrivateCounts) -> dict[str, Sequence[Any]]:
    """A row for each series and period. A count that noise took below 0 is 0: that reveals nothing more."""
    lengths = np.diff(series.offsets)
    steps = np.arange(len(series.values)) - np.repeat(series.offsets[:-1], lengths)
    iso = cache(series.frequency.iso)
    return {
        "series": [name for name, length in zip(series.names, lengths.tolist(), strict=True) for _ in range(length)],
        "period": [iso(number) for number in (np.repeat(series.first, lengths) + steps).tolist()],
        "count": np.maximum(private.counts, 0).tolist(),
    }
