"""Rows become series on a regular grid: one pass of counting and adding, without a loop over series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers, extremes, none_of, number_type, pick, pieces
from almanac.core.problems import MAX_ROWS_LISTED, stop_with
from almanac.tables.columns.counting import among
from almanac.tables.values.cells import listed

Aggregation = Literal["sum", "mean"]
MAX_PERIODS = 20_000_000  # in a grid that needs no explanation: 160 MB of values; chosen by judgement
MAX_PERIODS_PER_ROW = 20  # a larger grid than that is mostly gaps


@dataclass(frozen=True, eq=False)
class GridRows:
    """N rows: ``groups`` int64 [N], each row's series from 0 to ``count`` - 1; ``periods`` int64 [N], its period."""

    groups: Integers
    periods: Integers
    count: int

    def take(self, keep: Flags) -> GridRows:
        """Only the rows to keep, given as bool [N]."""
        return GridRows(self.groups[keep], self.periods[keep], self.count)

    @cached_property
    def span(self) -> tuple[Integers, Integers]:
        """First and last period of each series, with and without a value: int64 [count]."""
        return _span(self, slice(None))

    @cached_property
    def consecutive(self) -> bool:
        """Whether all rows are of one series, and each is the next period."""
        return self.count == 1 and bool((self.periods[1:] == self.periods[:-1] + 1).all())

    @cached_property
    def complete_block(self) -> Block | None:
        """The block of a column without gaps, but for its values, if the n-th row is the n-th period; else None."""
        at = self.complete
        if at.position is not None or not len(self.periods):
            return None
        present = np.flatnonzero(at.lengths)
        return Block(
            groups=present,
            values=np.zeros(0),
            offsets=np.concatenate([[0], np.cumsum(at.lengths[present])]).astype(np.int64),
            first=self.span[0][present],
            missing=np.broadcast_to(np.False_, at.size),
            position=None,
            used=None,
            empty=np.zeros(0, dtype=np.int64),
        )

    @cached_property
    def complete(self) -> _Positions:
        """Where each row is when those at both ends have values: the same for all columns of which this is true."""
        return _positions(self, *self.span)


@dataclass(frozen=True, eq=False)
class Block:
    """S series of one value column: ``groups`` int64 [S], the group each belongs to; ``values``, ``offsets`` and
    ``first`` as in SeriesSet.

    ``missing``: bool [points], periods without a row; ``empty``: groups with rows but without a value. ``position``:
    the position in ``values`` of each row that ``used`` (bool [N], None = all, or one row after the other) says is
    between first and last; None where each such row is one value, in this order.
    ``estimated``: bool [points], values that depend on later ones; ``differenced``: bool [S], series of differences;
    ``readings``: bool [S], running totals as they were read (None: there are none).
    """

    groups: Integers
    values: Floats
    offsets: Integers
    first: Integers
    missing: Flags
    position: Integers | None
    used: Flags | slice | None
    empty: Integers
    estimated: Flags | None = None
    differenced: Flags | None = None
    readings: Flags | None = None

    def with_values(self, values: Floats) -> Block:
        """The same grid with the values of another column, float64 [points]: there may be thousands."""
        return Block(
            self.groups,
            values,
            self.offsets,
            self.first,
            self.missing,
            self.position,
            self.used,
            self.empty,
            self.estimated,
            self.differenced,
            self.readings,
        )

    @property
    def size(self) -> int:
        """How many points there are."""
        return int(self.offsets[-1])

    def used_rows(self) -> Flags:
        """Which rows are used, up to the last of them at least: bool, a new array."""
        if not isinstance(self.used, slice):
            return np.ones(len(self.places), dtype=bool) if self.used is None else self.used.copy()
        flags = np.zeros(int(self.used.stop), dtype=bool)
        flags[self.used] = True
        return flags

    @property
    def places(self) -> Integers:
        """``position``, also where it is None."""
        return np.arange(self.size) if self.position is None else self.position

    def rows_before(self, gaps: Flags) -> Integers:
        """The rows right before the first gaps, as indices into those it was built from; ``gaps``: bool [points]."""
        ahead = np.flatnonzero(gaps[1:] & ~gaps[:-1])[:MAX_ROWS_LISTED]
        return self.rows_at(ahead) if len(ahead) else ahead

    def rows_at(self, positions: Integers) -> Integers:
        """The rows, as indices into those it was built from, that made the values at these positions."""
        chosen = np.zeros(self.size, dtype=bool)
        chosen[positions] = True
        rows = np.flatnonzero(chosen if self.position is None else pick(chosen, self.position))
        if isinstance(self.used, slice):
            return rows + int(self.used.start)
        return rows if self.used is None else np.flatnonzero(self.used)[rows]


@dataclass(frozen=True, eq=False)
class ColumnBlocks:
    """One block per value column: ``columns`` their positions in the table, ``names`` those of their series, ``keys``
    the texts of each group, ``lines`` int64 [N] the line of the file of each row they were built from; ``own_lines``:
    those of each column, where they differ, otherwise empty."""

    columns: tuple[int, ...]
    names: tuple[str, ...]
    blocks: tuple[Block, ...]
    keys: list[tuple[str, ...]]
    lines: Integers
    own_lines: tuple[Integers, ...] = ()

    def without_values(self) -> ColumnBlocks:
        """The same without the values, which a set of series has by then: it still knows the line of each."""
        none = np.zeros(0)
        return replace(self, blocks=tuple(block.with_values(none) for block in self.blocks))

    def lines_in(self, n: int) -> Integers:
        """The line of each row in the n-th column: int64 [N]."""
        return self.own_lines[n] if self.own_lines else self.lines

    def lines_of(self, positions: Integers) -> tuple[int, ...]:
        """The lines of the file that made the values at these positions, counted over all blocks end to end."""
        ends = np.cumsum([block.size for block in self.blocks])
        owners = np.searchsorted(ends, positions, side="right")
        found = []
        for n in np.unique(owners).tolist():
            block = self.blocks[n]
            inside = positions[owners == n] - (ends[n] - block.size)
            found.append(self.lines_in(n)[block.rows_at(inside)])
        return listed(np.unique(np.concatenate(found))) if found else ()


def build_block(rows: GridRows, values: Floats, aggregation: Aggregation) -> Block:
    """Series of one value column; ``values``: float64 [N].

    A series runs from its first to its last known value. Values of one period become one by ``aggregation``; periods
    without a row stay NaN. Raises ProblemError when the grid would be mostly gaps.
    """
    groups, periods = rows.groups, rows.periods
    known = ~np.isnan(values)
    if known.all() and rows.complete_block is not None:
        return rows.complete_block.with_values(_as_summed(values))
    first, last = rows.span if known.all() else _span(rows, known)
    if rows.consecutive and len(known) and first[0] <= last[0] and not known.all():
        return _of_consecutive(values, known, int(first[0]))
    within = np.array_equal(first, rows.span[0]) and np.array_equal(last, rows.span[1])
    at = rows.complete if within else _positions(rows, first, last)
    size, lengths, position, inside = at.size, at.lengths, at.position, None
    if not within:
        inside = (lengths[groups] > 0) & (periods >= first[groups]) & (periods <= last[groups])
        position, values = None if position is None else position[inside], values[inside]
    if position is None:
        grid, missing = _as_summed(values), np.broadcast_to(np.False_, size)  # no array of as many
    else:
        grid, missing = _aggregate(position, values, size, aggregation), _without_row(position, size)
    present = np.flatnonzero(lengths)
    return Block(
        groups=present,
        values=grid,
        offsets=np.concatenate([[0], np.cumsum(lengths[present])]).astype(np.int64),
        first=first[present],
        missing=missing,
        position=position,
        used=inside,
        empty=_without_value(groups, last < first),
    )


def _without_value(groups: Integers, unknown: Flags) -> Integers:
    """The groups that have rows, among those without a known value; ``unknown``: bool [count]."""
    if not unknown.any():
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(unknown & (np.bincount(groups, minlength=len(unknown)) > 0))


def _of_consecutive(values: Floats, known: Flags, first: int) -> Block:
    """The block of one series whose rows are one period each, without copies; see ``GridRows.consecutive``."""
    start, stop = int(known.argmax()), len(known) - int(known[::-1].argmax())
    values = _as_summed(values[start:stop])
    none = np.zeros(0, dtype=np.int64)
    return Block(
        groups=np.zeros(1, dtype=np.int64),
        values=values,
        offsets=np.array([0, stop - start]),
        first=np.array([first]),
        missing=np.broadcast_to(np.False_, stop - start),
        position=None,
        used=slice(start, stop),
        empty=none,
    )


def _as_summed(values: Floats) -> Floats:
    """The values as sums of one: a sum is never -0."""
    zero = values == 0
    return values + 0.0 if zero.any() and np.signbit(values[zero]).any() else values


@dataclass(frozen=True, eq=False)
class _Positions:
    """Where N rows are in a grid of ``size`` periods. ``lengths``: int64 [count], the periods of each series;
    ``position``: [N], each row's place, which means nothing for rows outside; None where the n-th row is the n-th
    period, and there are no others.
    """

    lengths: Integers
    position: Integers | None
    size: int


def _positions(rows: GridRows, first: Integers, last: Integers) -> _Positions:
    """Where rows are in a grid from the first to the last period of each series.

    Raises ProblemError when it would be mostly gaps.
    """
    present = last >= first
    lengths = np.zeros(rows.count, dtype=np.int64)
    lengths[present] = last[present] - first[present] + 1
    size, count = int(lengths.sum()), len(rows.periods)
    _require_size(size, count)
    start = np.zeros(rows.count + 1, dtype=np.int64)
    np.cumsum(lengths, out=start[1:])
    shift = start[:-1] - np.where(lengths > 0, first, 0)

    def places(part: slice) -> Integers:
        return shift[rows.groups[part]] + rows.periods[part]

    if size == count and all((places(p) == np.arange(p.start, p.stop)).all() for p in pieces(count)):
        return _Positions(lengths, None, size)
    position = np.empty(count, dtype=number_type(size))
    for part in pieces(count):
        position[part] = places(part)
    return _Positions(lengths, position, size)


def _span(rows: GridRows, some: Flags | slice) -> tuple[Integers, Integers]:
    """First and last period of each group among some rows: int64 [count]; last < first where there is none."""
    periods = rows.periods[some]
    if rows.count == 1 and len(periods):
        return np.array([periods.min()], dtype=np.int64), np.array([periods.max()], dtype=np.int64)
    return extremes(rows.groups[some], periods, rows.count)


def _require_size(periods: int, rows: int) -> None:
    if periods > max(MAX_PERIODS, MAX_PERIODS_PER_ROW * rows):
        raise stop_with(
            "dates_too_far_apart",
            "The dates are too far apart for their rhythm.",
            f"Filling every period from first to last would take {periods:,} values.",
            "Look for a mistyped year in the date column, or choose a slower rhythm.",
        )


def _aggregate(position: Integers, values: Floats, size: int, aggregation: Aggregation) -> Floats:
    """The values of each position as one: float64 [size], NaN where there is none."""
    known = ~np.isnan(values)
    where, what = (position, values) if known.all() else (position[known], values[known])
    empty = _without_row(where, size)
    sums: Floats = np.bincount(where, weights=what, minlength=size).astype(np.float64, copy=False)
    if aggregation == "mean" and len(where) > size - np.count_nonzero(empty):  # some have several
        sums /= np.maximum(np.bincount(where, minlength=size), 1)
    sums[empty] = np.nan
    return sums


def _without_row(positions: Integers, size: int) -> Flags:
    """Which places of a grid have no row: bool [size]."""
    without = np.ones(size, dtype=bool)
    without[positions] = False
    return without


def only_last(rows: GridRows, values: Floats, when: Integers, groups: Flags | None = None) -> Floats:
    """The values float64 [N] without those of rows that a later one of the same series and period follows.

    ``when``: int64 [N], the order of their dates; of equal dates the one that is written later counts, or earlier where
    the newest row comes first. ``groups``: bool [count], the series concerned, None for all.
    """
    at = np.flatnonzero(~np.isnan(values) if groups is None else ~np.isnan(values) & groups[rows.groups])
    if not len(at):
        return values
    at = in_time_order(rows, at, when)
    group, period = rows.groups[at], rows.periods[at]
    followed = (group[1:] == group[:-1]) & (period[1:] == period[:-1])
    kept = values.copy()
    kept[at[:-1][followed]] = np.nan
    return kept


def in_time_order(rows: GridRows, at: Integers, when: Integers) -> Integers:
    """Some rows by series and date; of equal dates as written, or backwards where the newest row comes first.

    ``at``: int64 [n], at least one; ``when``: int64 [N], the order of the dates of all rows.
    """
    place = -at if when[at[0]] > when[at[-1]] else at
    return at[np.lexsort((place, when[at], rows.periods[at], rows.groups[at]))]


def repeated_rows(groups: Integers, periods: Integers) -> tuple[Flags, Integers]:
    """Which rows share group and period with an earlier row (bool [N]), and a number for each such pair ([N]).

    Where none does, as in most files, there are no numbers.
    """
    low = int(periods.min(initial=0))
    width = int(periods.max(initial=0)) - low + 1

    def numbers(part: slice) -> Integers:
        return groups[part] * np.int64(width) + (periods[part] - low)

    parts = [slice(part.start, part.stop + 1) for part in pieces(len(periods))]  # with the first of the next one
    if all((np.diff(numbers(part)) > 0).all() for part in parts):
        return none_of(len(periods)), np.zeros(0, dtype=np.int64)
    pairs = np.empty(len(periods), dtype=number_type((int(groups.max(initial=0)) + 1) * width))
    for part in pieces(len(pairs)):
        pairs[part] = numbers(part)
    again = np.zeros(len(pairs), dtype=bool)
    if (pairs[1:] >= pairs[:-1]).all():  # already sorted: the common big file
        again[1:] = pairs[1:] == pairs[:-1]
        return again, pairs
    order = np.argsort(pairs, kind="stable")
    again[order[1:]] = pairs[order[1:]] == pairs[order[:-1]]
    return again, pairs


def same_rows(pairs: Integers, again: Flags, values: Iterable[Floats]) -> Flags:
    """Which repeated rows also hold the same values as the first row of their date: bool [N]."""
    result = np.zeros(len(pairs), dtype=bool)
    repeated = np.flatnonzero(among(pairs, again))
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
