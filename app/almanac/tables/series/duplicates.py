"""Rows that should not count: copies of others, and a last period that is not over."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import Finding
from almanac.tables import findings as words
from almanac.tables.plan import Plan
from almanac.tables.reading import ReadingOptions
from almanac.tables.series.regular_grid import repeated_rows, same_rows
from almanac.tables.series.resampling import EVEN, Pace, in_periods
from almanac.tables.values.cells import listed


def leave_out_copies(
    plan: Plan,
    options: ReadingOptions,
    groups: Integers,
    in_use: Flags,
    values: list[Floats],
    pace: Pace,
    found: list[Finding],
) -> Flags:
    """Which rows to use: bool [N]. Copies of a row in an even table are left out, all else is put together."""
    keep = np.ones(len(groups), dtype=bool)
    again, pairs = repeated_rows(groups, in_periods(plan, pace.rhythm.frequency, pace.shift))
    again &= in_use
    if not again.any() or pace.rhythm.regular < EVEN:
        return keep
    lines = plan.table.lines
    if again.mean() <= 0.05 and options.repeated is None:
        copies = same_rows(pairs, again, values) & in_use
        if copies.any():
            used = options.repair("duplicate_rows") or "once"
            found.append(words.duplicate_rows(lines[copies], used))
            if used == "once":
                keep &= ~copies
                again &= ~copies
    if again.any():
        usual = bool(again.mean() > 0.05)
        found.append(words.repeated_dates(lines[again], pace.rhythm.frequency, pace.how, usual, plan.date_words))
    return keep


def leave_out_unfinished(
    plan: Plan, options: ReadingOptions, periods: Integers, in_use: Flags, pace: Pace, found: list[Finding]
) -> Flags:
    """Leave out the last period when the file ends in the middle of it and values are added together: bool [N]."""
    keep = np.ones(len(periods), dtype=bool)
    finer, frequency = pace.rhythm.frequency, pace.frequency
    if frequency is finer or pace.how != "sum" or plan.source is None or len(np.unique(periods[in_use])) < 3:
        return keep
    last = int(periods[in_use].max())
    following = finer.dates(finer.numbers(np.array([plan.when[in_use].max()])) + 1)
    if int(frequency.numbers(following)[0]) == last:
        used = options.repair("partial_last_period") or "leave_out"
        rows = listed(plan.table.lines[in_use & (periods == last)])
        found.append(words.partial_last_period(frequency.label(last), frequency, used, rows))
        if used == "leave_out":
            keep = periods != last
    return keep
