"""Several rows of one date: exact copies, which count once, and others, whose values are combined."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import Finding
from almanac.tables.columns.counting import among, count_different
from almanac.tables.findings import registry as findings
from almanac.tables.findings.rows import Repeats
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.grid.regular_grid import repeated_rows, same_rows
from almanac.tables.series.grid.resampling import Resampling, period_numbers
from almanac.tables.series.rows import Rows
from almanac.tables.values.cells import Column
from almanac.tables.values.numbers import whole_number

MAX_REPEATED = 0.05  # share of rows that repeat a date and may still be mistakes; above it several a date are usual


def without_duplicates(
    plan: ReadingPlan, rows: Rows, values: Iterable[Floats], resampling: Resampling, periods: Integers
) -> tuple[Rows, list[Finding]]:
    """The rows without exact copies of earlier ones, and the findings about dates with several rows.

    ``periods``: int64 [N], the period number of every row. Dates without a regular frequency are left alone: in them,
    several rows in one period are nothing special.
    """
    native, lines, options = resampling.native.frequency, plan.table.lines, plan.options
    own = periods if native is resampling.frequency else period_numbers(plan, native, resampling.shift)
    again, pairs = repeated_rows(rows.groups, own)
    again = again & rows.keep
    if rows.moved is not None and again.any():
        again &= ~among(pairs, rows.moved)  # they were reported when they were moved
    if not again.any() or not resampling.native.regular:
        return rows, []
    found = []
    if again.mean() <= MAX_REPEATED and options.repeated is None:
        copies, of = _copies(plan, same_rows(pairs, again, values) & rows.keep, pairs)
        if copies.any():
            used = findings.duplicate_rows.treatment(options)
            both = lines[np.unique(np.concatenate([np.flatnonzero(copies), of]))]
            found.append(findings.duplicate_rows(_repeats(plan, own, copies, both), used))
            if used == "once":
                rows = rows.without(copies)
                again &= ~copies
    if again.any() and not plan.table.counts_rows:
        usual = bool(again.mean() > MAX_REPEATED)
        both = lines[among(pairs, again) & rows.keep]
        repeats = _repeats(plan, own, again, both)
        found.append(findings.repeated_dates(repeats, native, resampling.combined, usual))
    return rows, found


def _repeats(plan: ReadingPlan, periods: Integers, again: Flags, both: Integers) -> Repeats:
    """The rows ``again`` (bool [N]); ``both``: their lines and those of the rows that they repeat."""
    keys = tuple(plan.table.names[i] for i in plan.roles.series)
    return Repeats(
        int(again.sum()), both, count_different(periods - periods.min(initial=0), again), plan.date_name, keys
    )


def _copies(plan: ReadingPlan, equal: Flags, pairs: Integers) -> tuple[Flags, Integers]:
    """Which of the rows with ``equal`` values are copies in every column, and the rows that they are copies of.

    Two sales of the same amount on one day are no copies when their order numbers or their times differ. A column that
    only numbers the rows makes no difference.
    """
    candidates = np.flatnonzero(equal)
    if len(candidates) == 0:
        return equal, candidates
    with_pair = np.flatnonzero(np.isin(pairs, pairs[candidates]))
    different, first = np.unique(pairs[with_pair], return_index=True)
    of = with_pair[first][np.searchsorted(different, pairs[candidates])]
    same = plan.dates.when[candidates] == plan.dates.when[of]
    compared = {*plan.roles.values, *(plan.dates.source.columns if plan.dates.source else ())}
    for i, column in enumerate(plan.table.columns):
        if i not in compared and not _numbers_rows(column):
            same &= _equal(column, candidates, of)
    copies = np.zeros_like(equal)
    copies[candidates[same]] = True
    return copies, of[same]


def _equal(column: Column, some: Integers, others: Integers) -> Flags:
    """Whether rows hold the same cell as others: bool [n]."""
    if not column.has_numbers:
        return np.asarray(column.codes[some] == column.codes[others])
    floats = column.floats
    one, other = floats[some], floats[others]
    return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)))


def _numbers_rows(column: Column) -> bool:
    """Whether the column holds 1, 2, 3 … from row to row."""
    if not column.has_numbers and len(column.cells) < len(column):
        return False
    ends = (whole_number(column.text(0)), whole_number(column.text(len(column) - 1)))
    return ends[0] in (0, 1) and ends[1] == len(column) - 1 + ends[0]
