"""The series of each value column on a regular grid, from the rows in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Floats, Integers, whole_of
from almanac.core.problems import Finding
from almanac.core.system.memory import give_back
from almanac.core.text import some
from almanac.tables.findings import registry as findings
from almanac.tables.findings.columns import Readings
from almanac.tables.reading import Repeated
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.grid.regular_grid import Block, ColumnBlocks, GridRows, build_block, only_last
from almanac.tables.series.grid.resampling import Resampling
from almanac.tables.series.measuring.differences import Counting, Differences, across_changes, differences
from almanac.tables.series.measuring.running_totals import RunningTotal
from almanac.tables.series.rows import Rows
from almanac.tables.values.cells import listed

_GIVEN_BACK_AT_ONCE = 4 << 20  # bytes; chosen by judgement


@dataclass(frozen=True, eq=False)
class GridBuild:
    """What grids are built from: ``periods`` int64 [N], the period number of every row; ``totals``: the columns of
    running totals."""

    plan: ReadingPlan
    rows: Rows
    periods: Integers
    resampling: Resampling
    totals: Mapping[int, RunningTotal]


def build_grids(
    build: GridBuild, names: tuple[str, ...], values: Mapping[int, Floats]
) -> tuple[ColumnBlocks, list[Finding]]:
    """The series of each column, and what is to be said of running totals; ``values``: float64 [N], by column."""
    plan, rows = build.plan, build.rows
    every = bool(rows.keep.all())  # no copies of millions of rows where all are in use
    grid_rows = GridRows(rows.groups, build.periods, len(rows.keys))
    used = grid_rows if every else grid_rows.take(rows.keep)
    table = plan.table if every else plan.table.take(rows.keep)
    blocks: list[Block] = []
    found: list[Finding] = []
    for (column, numbers), how in zip(values.items(), build.resampling.combined.used, strict=True):
        kept = numbers if every else numbers[rows.keep]
        total = build.totals.get(column)
        counters = total.groups if total is not None and total.treatment(plan) == "difference" else None
        changes = np.zeros(0, dtype=np.int64)
        if how == "last":
            when = plan.dates.index if every else plan.dates.index[rows.keep]
            if counters is not None:
                kept, changes = across_changes(used, kept, when, counters)
            kept = only_last(used, kept, when, counters)
        own = build.resampling.combined.own_of(len(blocks))
        if own is None:
            block = build_block(used, kept, "sum" if how == "sum" else "mean")
        else:
            ways = [own.by_text[key[own.position]] for key in rows.keys]
            when = plan.dates.index if every else plan.dates.index[rows.keep]
            block = _each_in_its_way(used, kept, when, ways)
        if total is not None:
            how_counted = Counting(plan.table.names[column], build.resampling.frequency, plan.options.gaps)
            made = differences(block, counters, how_counted) if counters is not None else None
            found.append(_running_total(build, total, _Noticed(block, made, table.lines, table.lines[changes])))
            block = replace(block, readings=total.groups[block.groups]) if made is None else made.block
        blocks.append(block)
    _lay_end_to_end(blocks)
    own_lines = tuple(table.lines_of(i) for i in values) if table.column_lines else ()
    return ColumnBlocks(tuple(values), names, tuple(blocks), rows.keys, table.lines, own_lines), found


def _lay_end_to_end(blocks: list[Block]) -> None:
    """Move the values of all blocks into one array, as a set of series has them; each gives up its own at once."""
    if len(blocks) < 2 or whole_of([block.values for block in blocks]) is not None:
        return
    whole, start, moved = np.empty(sum(len(block.values) for block in blocks)), 0, 0
    for n, block in enumerate(blocks):
        part = whole[start : start + len(block.values)]
        part[:] = block.values
        blocks[n] = block.with_values(part)
        start, moved = start + len(part), moved + part.nbytes
        if moved > _GIVEN_BACK_AT_ONCE:
            give_back()
            moved = 0


def _each_in_its_way(rows: GridRows, values: Floats, when: Integers, ways: Sequence[Repeated]) -> Block:
    """The block of a column whose series become one in different ``ways``; ``when``: int64 [N], the order of dates."""
    last, mean = (np.array([way == name for way in ways], dtype=bool) for name in ("last", "mean"))
    kept = only_last(rows, values, when, last) if last.any() else values
    added, averaged = (build_block(rows, kept, how) for how in ("sum", "mean"))
    levels = np.repeat(mean[added.groups], np.diff(added.offsets))
    return replace(added, values=np.where(levels, averaged.values, added.values))


@dataclass(frozen=True, eq=False)
class _Noticed:
    """The ``block`` of a running total and what was ``made`` of it; ``lines`` of all rows, and of new meters."""

    block: Block
    made: Differences | None
    lines: Integers
    changes: Integers


def _running_total(build: GridBuild, total: RunningTotal, noticed: _Noticed) -> Finding:
    """What is said of a column of running totals."""
    plan, made = build.plan, noticed.made
    none = np.zeros(0, dtype=np.int64)
    restarts, lost = (none, none) if made is None else (made.restarts, made.lost)
    rows = noticed.changes
    if len(restarts) + len(lost):
        below = noticed.lines[noticed.block.rows_at(np.concatenate([restarts, lost]))]
        rows = np.sort(np.concatenate([rows, below]))
    readings = Readings(
        column=plan.table.names[total.column],
        of=""
        if total.of_all(build.rows)
        else some([" ".join(build.rows.keys[n]) for n in np.flatnonzero(total.groups)]),
        reason=total.reason,
        restarts=len(restarts) + len(noticed.changes),
        lost=len(lost),
        shared=made.shared if made else 0,
    )
    return findings.running_total(readings, build.resampling.frequency, listed(rows), total.treatment(plan), total.sure)
