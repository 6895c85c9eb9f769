"""A Plan becomes a SeriesSet: numbers, rhythm, repairs, and everything worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import Finding
from almanac.core.series import SeriesSet
from almanac.tables import findings as words
from almanac.tables.columns.roles import group_numbers
from almanac.tables.columns.totals import total_columns, total_groups
from almanac.tables.plan import Plan
from almanac.tables.quality import inspect
from almanac.tables.quality.copied_columns import copies
from almanac.tables.reading import ReadingOptions
from almanac.tables.series.amounts import Ledger, find_ledger, one_side, read_amounts
from almanac.tables.series.duplicates import leave_out_copies, leave_out_unfinished
from almanac.tables.series.naming import join_blocks
from almanac.tables.series.observations import notice_numbers, notice_rows, notice_series
from almanac.tables.series.regular_grid import Block, build_block
from almanac.tables.series.resampling import Pace, find_pace, in_periods
from almanac.tables.values.cells import listed
from almanac.tables.values.numbers import TEXT, Convention, Numbers


@dataclass(frozen=True, eq=False)
class Assembled:
    """The series, the value columns they came from (totals taken out), how each column writes its numbers, the ledger
    if it is one, and how several values of one date were put together.
    """

    series: SeriesSet
    values: tuple[int, ...]
    conventions: dict[int, Convention]
    ledger: Ledger | None
    pace: Pace


@dataclass(eq=False)
class _Rows:
    """The rows still in use, step by step: ``keep`` bool [N], ``groups`` and ``periods`` int64 [N]."""

    keep: Flags
    groups: Integers
    keys: list[tuple[str, ...]]
    periods: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def assemble(
    plan: Plan, options: ReadingOptions, before: tuple[Finding, ...], delimiter: str | None = None
) -> Assembled:
    """Build the series. Raises ProblemError when no number is left or the rhythm asked for does not fit."""
    found: list[Finding] = [*before, *notice_rows(plan, options)]
    amounts = read_amounts(plan, options, delimiter)
    numbers = dict(amounts.numbers)
    values = _without_totals(plan, options, numbers, found)
    values = _without_copies(plan, options, numbers, values, found)
    for i in values:
        if options.repair("text_among_numbers", plan.table.names[i]) == "zero":
            column = numbers[i]
            numbers[i] = Numbers(np.where(column.kinds == TEXT, 0.0, column.values), column.kinds, column.raw)
    found += notice_numbers(plan.table, plan.values, {i: numbers[i] for i in values}, options)
    rows = _Rows(np.ones(len(plan.table), dtype=bool), *group_numbers(plan.table, plan.series))
    if options.repair("future_dates") == "leave_out" and plan.source is not None:
        rows.keep &= ~plan.later_than_today
    ledger = find_ledger(plan, options, numbers)
    if ledger is not None:
        _choose_side(plan, options, ledger, numbers, rows, found)
    _leave_out_total_series(plan, options, [numbers[i].values for i in values], rows, found)
    pace = find_pace(plan, options, rows.groups, rows.keep, found)
    rows.periods = in_periods(plan, pace.frequency, pace.shift)
    columns = [numbers[i].values for i in values]
    rows.keep &= leave_out_copies(plan, options, rows.groups, rows.keep, columns, pace, found)
    rows.keep &= leave_out_unfinished(plan, options, rows.periods, rows.keep, pace, found)
    return _finish(plan, options, values, columns, rows, pace, amounts.conventions, ledger, found)


def _rows_at(places: Integers, blocks: list[Block], lines: Integers) -> tuple[int, ...]:
    """The lines of the file that made the values at these places, block after block."""
    found = []
    start = 0
    for block in blocks:
        wanted = np.zeros(len(block.values), dtype=bool)
        wanted[[p - start for p in places.tolist() if 0 <= p - start < len(block.values)]] = True
        start += len(block.values)
        if wanted.any():
            rows = np.flatnonzero(wanted[block.place])
            found.append(lines[rows if block.used is None else np.flatnonzero(block.used)[rows]])
    return listed(np.unique(np.concatenate(found))) if found else ()


def _without_totals(
    plan: Plan, options: ReadingOptions, numbers: dict[int, Numbers], found: list[Finding]
) -> tuple[int, ...]:
    """The value columns without those that are the total of the others, unless the person named them."""
    values = plan.values
    if options.values or len(values) < 3:
        return values
    totals = total_columns({i: numbers[i].values for i in values}, plan.table.names)
    if not totals:
        return values
    used = options.repair("totals_among_parts") or "leave_out"
    none = np.zeros(0, dtype=np.int64)
    names = [plan.table.names[i] for i in totals]
    found.append(words.totals_among_parts("column", names, used, none, "leave_out"))
    return values if used == "keep" else tuple(i for i in values if i not in totals)


def _without_copies(
    plan: Plan, options: ReadingOptions, numbers: dict[int, Numbers], values: tuple[int, ...], found: list[Finding]
) -> tuple[int, ...]:
    """The value columns, without those that repeat another if the person wants that."""
    if len(values) < 2:
        return values
    in_order = not plan.series and not plan.transactions
    pairs = copies({i: numbers[i].values for i in values}, shifts=in_order)
    if not pairs:
        return values
    used = options.repair("copied_columns") or "keep"
    names = plan.table.names
    found.append(words.copied_columns([(names[p.column], names[p.of], p.shift, p.factor) for p in pairs], used))
    return tuple(i for i in values if used == "keep" or i not in {p.column for p in pairs})


def _choose_side(
    plan: Plan,
    options: ReadingOptions,
    ledger: Ledger,
    numbers: dict[int, Numbers],
    rows: _Rows,
    found: list[Finding],
) -> None:
    """Keep only the side of the ledger that is counted."""
    column, before = ledger.column, numbers[ledger.column]
    numbers[column] = one_side(ledger, before)
    known = ~np.isnan(before.values)
    dropped = known & np.isnan(numbers[column].values)
    rows.keep &= ~dropped
    proposed = find_ledger(plan, options.with_values(sign=None), {column: before})
    found.append(
        words.signs_mixed(
            plan.table.names[column],
            plan.table.lines[dropped],
            int(known.sum()),
            int(ledger.out.sum()),
            ledger.sign,
            proposed.sign if proposed else "all",
        )
    )


def _leave_out_total_series(
    plan: Plan, options: ReadingOptions, values: list[Floats], rows: _Rows, found: list[Finding]
) -> None:
    """Leave out the series that add up the others: "Total" beside "North" and "South"."""
    totals = total_groups(rows.groups, plan.index, values[0], rows.keys)
    if not totals:
        return
    used = options.repair("totals_among_parts") or "leave_out"
    among = np.isin(rows.groups, totals)
    names = [" · ".join(rows.keys[g]) for g in totals]
    found.append(words.totals_among_parts("series", names, used, plan.table.lines[among], "leave_out"))
    if used == "leave_out":
        rows.keep &= ~among


def _finish(
    plan: Plan,
    options: ReadingOptions,
    values: tuple[int, ...],
    columns: list[Floats],
    rows: _Rows,
    pace: Pace,
    conventions: Mapping[int, Convention],
    ledger: Ledger | None,
    found: list[Finding],
) -> Assembled:
    every = bool(rows.keep.all())
    groups, periods = (rows.groups, rows.periods) if every else (rows.groups[rows.keep], rows.periods[rows.keep])
    gaps = options.gaps or "leave"
    blocks = [
        build_block(groups, periods, v if every else v[rows.keep], len(rows.keys), pace.how, gaps) for v in columns
    ]
    series = join_blocks(plan, values, blocks, rows.keys, pace.frequency)
    lines = plan.table.lines if every else plan.table.lines[rows.keep]
    found += notice_series(plan, series, values, blocks, gaps, rows.keys, lines)
    inspected = inspect(series, options, lambda places: _rows_at(places, blocks, lines))
    found += inspected.findings
    return Assembled(replace(inspected.series, findings=tuple(found)), values, dict(conventions), ledger, pace)
