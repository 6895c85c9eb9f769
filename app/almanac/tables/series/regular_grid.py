"""Rows become series on an even grid: one pass of counting and adding, without a loop over series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import MAX_ROWS_LISTED, stop_with
from almanac.tables.reading import Gaps, Repeated

_LARGEST = 20_000_000  # periods in a grid that needs no explanation


@dataclass(frozen=True, eq=False)
class Block:
    """The series of one value column: ``groups`` int64 [S] says which group each belongs to; the rest as in SeriesSet.

    ``gaps``: periods without any row between first and last, ``gap_groups`` the groups with some, ``gap_rows`` some
    of the rows before them; ``filled``: gaps and missing values given a value; ``empty``: groups without one
    value. ``place``: int64, the place in ``values`` of each row that ``used`` (bool [N], None = all) says lies between
    first and last; ``between``: bool [points], where a gap was filled from its neighbours.
    """

    groups: Integers
    values: Floats
    offsets: Integers
    first: Integers
    gaps: int
    gap_groups: Integers
    gap_rows: Integers
    filled: int
    place: Integers
    used: Flags | None
    empty: Integers
    between: Flags


def build_block(groups: Integers, periods: Integers, values: Floats, count: int, how: Repeated, gaps: Gaps) -> Block:
    """Series of one value column from N rows: ``groups`` (0 to ``count`` - 1), ``periods`` and ``values``, each [N].

    A series runs from its first to its last known value. Repeated periods are put together as ``how`` says, periods
    without a row stay NaN unless ``gaps`` says otherwise.
    """
    first = np.full(count, np.iinfo(np.int64).max)
    last = np.full(count, np.iinfo(np.int64).min)
    known = ~np.isnan(values)
    some = slice(None) if known.all() else known  # no copies of millions of rows where none is left out
    np.minimum.at(first, groups[some], periods[some])
    np.maximum.at(last, groups[some], periods[some])
    present = np.flatnonzero(last >= first)
    lengths = np.zeros(count, dtype=np.int64)
    lengths[present] = last[present] - first[present] + 1
    if lengths.sum() > max(_LARGEST, 20 * len(values)):
        raise stop_with(
            "dates_too_far_apart",
            "The dates lie too far apart for their rhythm.",
            f"Filling every period from first to last would take {int(lengths.sum()):,} values.",
            "Look for a mistyped year in the date column, or choose a slower rhythm.",
        )
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(lengths, out=start[1:])
    place = (start[:-1] - np.where(lengths > 0, first, 0))[groups]
    place += periods
    inside = None
    if not known.all():
        inside = (lengths[groups] > 0) & (periods >= first[groups]) & (periods <= last[groups])
        place, values = place[inside], values[inside]
    grid = _fill(place, values, int(start[-1]), how)
    rows = np.bincount(place, minlength=int(start[-1]))
    missing_rows = rows == 0
    gap_rows = _before(missing_rows, place)
    gap_groups = np.unique(np.searchsorted(start, np.flatnonzero(missing_rows), side="right") - 1)
    before = int(np.isnan(grid).sum())
    between = np.zeros(len(grid), dtype=bool)
    if gaps == "zero":
        grid[missing_rows] = 0.0
    elif gaps == "interpolate" and len(grid):
        holes = np.isnan(grid)
        at = np.arange(len(grid))
        # Series begin and end with a known value, so a straight line never crosses from one into the next.
        grid[holes] = np.interp(at[holes], at[~holes], grid[~holes])
        between = holes
    return Block(
        present,
        grid,
        np.concatenate([[0], np.cumsum(lengths[present])]).astype(np.int64),
        first[present],
        int(missing_rows.sum()),
        gap_groups,
        gap_rows if inside is None else np.flatnonzero(inside)[gap_rows],
        before - int(np.isnan(grid).sum()),
        place,
        inside,
        np.flatnonzero(last < first),
        between,
    )


def _before(missing: Flags, place: Integers) -> Integers:
    """The rows right before the first gaps: int64, indices into ``place``."""
    ahead = np.flatnonzero(missing[1:] & ~missing[:-1])[:MAX_ROWS_LISTED]
    if not len(ahead):
        return ahead
    wanted = np.zeros(len(missing), dtype=bool)
    wanted[ahead] = True
    return np.flatnonzero(wanted[place])


def _fill(place: Integers, values: Floats, size: int, how: Repeated) -> Floats:
    known = ~np.isnan(values)
    where, what = (place, values) if known.all() else (place[known], values[known])
    if how == "last":
        grid = np.full(size, np.nan)
        grid[where] = what
        return grid
    counts = np.bincount(where, minlength=size)
    sums: Floats = np.bincount(where, weights=what, minlength=size).astype(np.float64, copy=False)
    if how == "mean":
        sums = sums / np.maximum(counts, 1)
    sums[counts == 0] = np.nan
    return sums


def repeated_rows(groups: Integers, periods: Integers) -> tuple[Flags, Integers]:
    """Which rows share group and period with an earlier row (bool [N]), and a number for each such pair (int64 [N])."""
    low = int(periods.min(initial=0))
    pairs = groups * (int(periods.max(initial=0)) - low + 1)
    pairs += periods
    pairs -= low
    if (pairs[1:] > pairs[:-1]).all():  # already sorted, nothing repeated: the common big file
        return np.zeros(len(pairs), dtype=bool), pairs
    order = np.argsort(pairs, kind="stable")
    again = np.zeros(len(pairs), dtype=bool)
    again[order[1:]] = pairs[order[1:]] == pairs[order[:-1]]
    return again, pairs


def same_rows(pairs: Integers, again: Flags, values: list[Floats]) -> Flags:
    """Which repeated rows also hold the same values as the first row of their date: bool [N]."""
    result = np.zeros(len(pairs), dtype=bool)
    repeated = np.flatnonzero(np.isin(pairs, pairs[again]))
    if len(repeated) == 0:
        return result
    order = repeated[np.argsort(pairs[repeated], kind="stable")]
    starts = np.flatnonzero(np.concatenate([[True], np.diff(pairs[order]) > 0]))
    leader = np.repeat(order[starts], np.diff(np.concatenate([starts, [len(order)]])))
    same = np.ones(len(order), dtype=bool)
    for column in values:
        same &= (column[order] == column[leader]) | (np.isnan(column[order]) & np.isnan(column[leader]))
    result[order] = same & (order != leader)
    return result
