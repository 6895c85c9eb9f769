"""Several rows of one date: exact copies, which count once, and others, whose values are combined."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.problems import Finding
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.regular_grid import repeated_rows, same_rows
from almanac.tables.series.resampling import Resampling, period_numbers
from almanac.tables.series.rows import Rows

MAX_REPEATED = 0.05  # share of rows that repeat a date and may still be mistakes; above it several a date are usual


def without_duplicates(
    plan: ReadingPlan, rows: Rows, values: list[Floats], resampling: Resampling
) -> tuple[Rows, list[Finding]]:
    """The rows without exact copies of earlier ones, and the findings about dates with several rows.

    Dates without a regular frequency are left alone: in them, several rows in one period are nothing special.
    """
    native, lines, options = resampling.native.frequency, plan.table.lines, plan.options
    again, pairs = repeated_rows(rows.groups, period_numbers(plan, native, resampling.shift))
    again &= rows.keep
    if rows.moved is not None and again.any():
        again &= ~np.isin(pairs, pairs[rows.moved])  # they were reported when they were moved
    if not again.any() or not resampling.regular:
        return rows, []
    found = []
    if again.mean() <= MAX_REPEATED and options.repeated is None:
        copies = same_rows(pairs, again, values) & rows.keep
        if copies.any():
            used = findings.duplicate_rows.treatment(options)
            found.append(findings.duplicate_rows(lines[copies], used))
            if used == "once":
                rows = rows.without(copies)
                again &= ~copies
    if again.any():
        usual = bool(again.mean() > MAX_REPEATED)
        found.append(findings.repeated_dates(lines[again], native, resampling.aggregation, usual, plan.date_name))
    return rows, found
